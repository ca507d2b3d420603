// gpujobs resubmit: new jobs from those that are over.
import type { ResubmittedJobs } from '../../domain/api/resubmit-jobs';
import { resubmitJobsSchema } from '../../domain/api/resubmit-jobs';
import type { Cli } from '../cli';
import { CliError } from '../cli-error';
import { EXIT, type ExitCode } from '../exit-codes';
import { parseInstant } from '../spec/instants';
import { parsePairs } from '../spec/pairs';
import { announce, type FollowFlags } from './submit';

export interface ResubmitFlags extends FollowFlags {
  readonly state?: string;
  readonly label?: readonly string[];
  readonly since?: string;
  readonly until?: string;
  readonly idempotencyKey?: string;
}

export async function resubmit(cli: Cli, ids: readonly string[], flags: ResubmitFlags): Promise<ExitCode> {
  if (ids.length > 0 === (flags.state !== undefined))
    throw new CliError(
      'Say which jobs, in one way: ID…, or --state STATE (with --label, --since, --until).',
      EXIT.usage,
    );
  if (flags.state !== undefined) return byFilter(cli, flags.state, flags);
  const [id = '', ...more] = ids;
  const client = await cli.client();
  const { idempotencyKey } = flags;
  if (more.length === 0) return announce(cli, await client.jobs.resubmit(id, { idempotencyKey }), flags);
  if (flags.wait === true || flags.follow === true)
    throw new CliError('--wait and --follow take one job.', EXIT.usage);
  for (const one of ids) await announce(cli, await client.jobs.resubmit(one, { idempotencyKey }), flags);
  return EXIT.ok;
}

async function byFilter(cli: Cli, state: string, flags: ResubmitFlags): Promise<ExitCode> {
  const now = cli.host.clock.now();
  const { label, since, until } = flags;
  const filter = resubmitJobsSchema.safeParse({
    state,
    ...(label === undefined ? {} : { label: parsePairs('--label', label) }),
    ...(since === undefined ? {} : { since: parseInstant('--since', since, now) }),
    ...(until === undefined ? {} : { until: parseInstant('--until', until, now) }),
  });
  if (!filter.success)
    throw new CliError(`--state is "${state}", must be Failed, Rejected, TimedOut or Canceled.`, EXIT.usage);
  const client = await cli.client();
  const all: { resubmitted: ResubmittedJobs['resubmitted']; refused: ResubmittedJobs['refused'] } = {
    resubmitted: [],
    refused: [],
  };
  for await (const page of client.jobs.resubmitMany(filter.data, { idempotencyKey: flags.idempotencyKey })) {
    all.resubmitted.push(...page.resubmitted);
    all.refused.push(...page.refused);
    if (cli.json) continue;
    for (const { from, id } of page.resubmitted) cli.out(`${from}  again as ${id}`);
    for (const { id, detail } of page.refused) cli.say(`${id}  not again: ${detail}`);
  }
  if (cli.json) cli.printJson(all);
  else if (all.resubmitted.length + all.refused.length === 0) cli.say('No such job.');
  return all.refused.length === 0 ? EXIT.ok : EXIT.findings;
}
