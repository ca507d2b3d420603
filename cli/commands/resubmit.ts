// gpujobs resubmit: new jobs from those that are over, changed where options say so.
import type { ResubmittedJobs } from '../../api/resubmit-jobs';
import { resubmitJobsSchema } from '../../api/resubmit-jobs';
import type { Submitted } from '../../api/submissions';
import { ApiError } from '../../client/errors';
import type { GpuJobsClient } from '../../client/gpu-jobs-client';
import { WITHHELD_VALUE } from '../../domain/spec/job-spec';
import type { Cli } from '../cli';
import { CliError } from '../cli-error';
import { EXIT, type ExitCode } from '../exit-codes';
import { changesBy, tellChanges } from '../show/changes';
import { parseInstant } from '../spec/instants';
import { eachJob, jobToChange } from '../spec/job-reference';
import { type GivenOverrides, overridesFromOptions, type SpecOptions } from '../spec/overrides-from-options';
import { parsePairs } from '../spec/pairs';
import { toldByOptions } from '../spec/refused-by-deployment';
import { splitOperands } from '../spec/what-to-run';
import { secureOptions } from './show';
import { announce, type FollowFlags } from './submit';

/** `label`: beside ids a change of the new job, beside --state a filter. */
export interface ResubmitFlags extends FollowFlags, SpecOptions {
  readonly state?: string;
  readonly since?: string;
  readonly until?: string;
  readonly idempotencyKey?: string;
}

/** `operands`: ids, and the new command after `--`. */
export async function resubmit(
  cli: Cli,
  operands: readonly string[],
  flags: ResubmitFlags,
): Promise<ExitCode> {
  const { before: typed, behind: command } = splitOperands(cli.args, operands);
  const { state, since, until, idempotencyKey, ...options } = flags;
  if (typed.length > 0 === (state !== undefined))
    throw new CliError(
      'Say which jobs, in one way: ID…, or --state STATE (with --label, --since, --until).',
      EXIT.usage,
    );
  if (state !== undefined) {
    if (flags.wait === true || flags.follow === true)
      throw new CliError('--wait and --follow take one job.', EXIT.usage);
    const given = overridesFromOptions({ ...options, label: [] }, command, cli.host.env);
    return byFilter(cli, state, flags, given);
  }
  if (since !== undefined || until !== undefined)
    throw new CliError('--since and --until go with --state: an ID names its job already.', EXIT.usage);
  if (typed.length > 1 && (flags.wait === true || flags.follow === true))
    throw new CliError('--wait and --follow take one job.', EXIT.usage);
  const given = overridesFromOptions(options, command, cli.host.env);
  const client = await cli.client();
  let exitCode: ExitCode = EXIT.ok;
  for (const id of await eachJob(jobToChange, cli, client, typed)) {
    const { changed, ...submitted } = await again(client, id, given, idempotencyKey);
    const changes = changesBy(changed ?? [], given.options);
    tellChanges(cli, changes);
    exitCode = await announce(
      cli,
      changes.length === 0 ? submitted : { ...submitted, changed: changes },
      flags,
    );
  }
  return exitCode;
}

async function again(
  client: GpuJobsClient,
  id: string,
  { overrides, options }: GivenOverrides,
  idempotencyKey: string | undefined,
): Promise<Submitted> {
  try {
    return await client.jobs.resubmit(id, { idempotencyKey, ...(options.size === 0 ? {} : { overrides }) });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const missing = error.errors.flatMap(({ pointer, detail }) =>
      detail === WITHHELD_VALUE && pointer?.startsWith('/env/') === true
        ? [pointer.slice('/env/'.length)]
        : [],
    );
    if (missing.length === 0) throw toldByOptions(error, options);
    throw new CliError(
      `Job ${id} had literal secrets, which are not kept after a job: ${missing.join(', ')}. Set them in this shell and give them again: gpujobs resubmit ${id} ${secureOptions(missing)}`,
      EXIT.refused,
      { cause: error },
    );
  }
}

async function byFilter(
  cli: Cli,
  state: string,
  { label, since, until, idempotencyKey }: ResubmitFlags,
  { overrides, options }: GivenOverrides,
): Promise<ExitCode> {
  const now = cli.host.clock.now();
  const filter = resubmitJobsSchema.safeParse({
    state,
    ...(label === undefined ? {} : { label: parsePairs('--label', label) }),
    ...(since === undefined ? {} : { since: parseInstant('--since', since, now) }),
    ...(until === undefined ? {} : { until: parseInstant('--until', until, now) }),
    ...(options.size === 0 ? {} : { overrides }),
  });
  if (!filter.success)
    throw new CliError(`--state is "${state}", must be Failed, Rejected, TimedOut or Canceled.`, EXIT.usage);
  const client = await cli.client();
  const all: { resubmitted: ResubmittedJobs['resubmitted']; refused: ResubmittedJobs['refused'] } = {
    resubmitted: [],
    refused: [],
  };
  for await (const page of client.jobs.resubmitMany(filter.data, { idempotencyKey })) {
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
