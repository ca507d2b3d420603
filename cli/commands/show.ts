// gpujobs show: everything about one job; or its spec alone, as a file to submit again.
import type { JobView } from '../../api/jobs';
import { withheldNames } from '../../domain/spec/shown-spec';
import { yamlText } from '../../formats/source/yaml-text';
import type { Cli } from '../cli';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import { jobCard } from '../show/job-card';
import { jobToRead } from '../spec/job-reference';

export interface ShowFlags {
  readonly spec?: true;
}

export async function show(cli: Cli, typed: string, flags: ShowFlags): Promise<void> {
  const client = await cli.client();
  const job = await client.jobs.get(await jobToRead(cli, client, typed));
  if (flags.spec === true) showSpec(cli, job);
  else if (cli.json) cli.printJson(job);
  else for (const line of jobCard(job, cli.paint, cli.host.clock.now())) cli.out(line);
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
