// gpujobs show: everything about one job; or its spec alone, as a file to submit again; or how a group stands.
import type { JobView } from '../../api/jobs';
import type { GpuJobsClient } from '../../client/gpu-jobs-client';
import { GROUP_ID } from '../../domain/group/group';
import { withheldNames } from '../../domain/spec/shown-spec';
import { yamlText } from '../../formats/source/yaml-text';
import type { Cli } from '../cli';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import { groupCard } from '../groups/group-in-words';
import { printGroupTable } from '../groups/group-table';
import { jobCard } from '../show/job-card';
import { jobToRead } from '../spec/job-reference';

export interface ShowFlags {
  readonly spec?: true;
}

export async function show(cli: Cli, typed: string, flags: ShowFlags): Promise<void> {
  const client = await cli.client();
  if (GROUP_ID.test(typed)) {
    await showGroup(cli, client, typed, flags);
    return;
  }
  const job = await client.jobs.get(await jobToRead(cli, client, typed));
  if (flags.spec === true) showSpec(cli, job);
  else if (cli.json) cli.printJson(job);
  else for (const line of jobCard(job, cli.paint, cli.host.clock.now())) cli.out(line);
}

/** The whole table is what `list --group` prints; here only the first that failed. */
async function showGroup(cli: Cli, client: GpuJobsClient, id: string, { spec }: ShowFlags): Promise<void> {
  if (spec === true)
    throw new CliError(
      `A group has no spec of its own; show that of a member: gpujobs list --group ${id}`,
      EXIT.usage,
    );
  const group = await client.groups.get(id);
  if (cli.json) {
    cli.printJson(group);
    return;
  }
  for (const line of groupCard(group, cli.paint, cli.host.clock.now())) cli.out(line);
  if (group.failures.length === 0) return;
  cli.out('');
  printGroupTable(cli, group.failures);
  cli.say(`All members: gpujobs list --group ${id}`);
}

/** YAML, or JSON where JSON was asked for. Standard error says which parts can't be submitted as they are. */
function showSpec(cli: Cli, { id, state, spec }: JobView): void {
  if (spec === undefined)
    throw new CliError(
      state === 'Rejected'
        ? `Job ${id} has no spec: what was sent could not become a job (gpujobs show ${id} tells why).`
        : `The deployment tells no spec of job ${id}.`,
      EXIT.notFound,
    );
  if (cli.json) cli.printJson(spec);
  else cli.out(yamlText(spec).trimEnd());
  const secrets = withheldNames(spec);
  if (secrets.length > 0)
    cli.say(
      `${secrets.join(', ')}: a literal secret is shown to nobody. To submit this file, set the ${secrets.length === 1 ? 'variable' : 'variables'} in this shell and add ${secureOptions(secrets)}.`,
    );
}

/** The options that give the values of these variables again. */
export function secureOptions(names: readonly string[]): string {
  return names.map((name) => `--secure-env ${name}`).join(' ');
}
