// Finds the job that was typed: by a whole id, a name, or, for commands that only read, the beginning of an id.
import type { GpuJobsClient } from '../../client/gpu-jobs-client';
import { GROUP_ID } from '../../domain/group/group';
import { JOB_ID } from '../../domain/job/names';
import type { JobSummary } from '../../domain/lists/job-summary';
import type { Cli } from '../cli';
import { CliError } from '../cli-error';
import { EXIT } from '../exit-codes';
import { ago } from '../show/duration';

/** The most jobs listed where several fit. */
const TOLD = 10;
const PREFIX = /^j[0-9a-z]{3,18}$/;
const LONGEST_NAME = 128;

type Named = Pick<Cli, 'host' | 'say'>;

/**
 * For commands that only read. A whole id is that job, without a request. Otherwise a name means the newest job with
 * it, and a message says so where there are others. Otherwise it is the beginning of an id that no other job has. Two
 * requests of at most 11 jobs each.
 */
export async function jobToRead(cli: Named, client: GpuJobsClient, typed: string): Promise<string> {
  if (JOB_ID.test(typed)) return typed;
  const { named, begun } = await candidates(client, typed);
  const [newest, ...older] = named;
  if (newest !== undefined) {
    if (older.length > 0)
      cli.say(
        `${countOf(named)} jobs are named "${typed}"; this is the newest, ${newest.id} of ${ago(cli.host.clock.now() - Date.parse(newest.createdAt))}.`,
      );
    return newest.id;
  }
  const [only, ...more] = begun;
  if (only === undefined) throw noSuchJob(typed);
  if (more.length === 0) return only.id;
  throw severalMeant(
    cli,
    `${countOf(begun)} ids begin with "${typed}"; type more of the one that you mean`,
    begun,
  );
}

/** The same for commands that read groups, too: a group is named by its whole id. */
export async function jobOrGroup(cli: Named, client: GpuJobsClient, typed: string): Promise<string> {
  return GROUP_ID.test(typed) ? typed : jobToRead(cli, client, typed);
}

/**
 * For commands that end or make jobs: a whole id, or a name that exactly one job has, whatever its state. They refuse
 * the beginning of an id and a name of several jobs, because that may mean another job a moment later.
 */
export async function jobToChange(cli: Named, client: GpuJobsClient, typed: string): Promise<string> {
  if (JOB_ID.test(typed)) return typed;
  const { named, begun } = await candidates(client, typed);
  const [only, ...more] = named;
  if (only === undefined && begun.length === 0) throw noSuchJob(typed);
  if (only === undefined)
    throw severalMeant(cli, `"${typed}" is not a whole id, which this command asks for`, begun);
  if (more.length === 0) return only.id;
  throw severalMeant(cli, `${countOf(named)} jobs are named "${typed}"; say which by its id`, named);
}

/**
 * All jobs are found before anything is done with one. They are found one at a time, so that messages come in order.
 */
export async function eachJob(
  find: typeof jobToRead,
  cli: Named,
  client: GpuJobsClient,
  typed: readonly string[],
): Promise<string[]> {
  const ids: string[] = [];
  for (const one of typed) ids.push(await find(cli, client, one));
  return ids;
}

async function candidates(
  client: GpuJobsClient,
  typed: string,
): Promise<{ readonly named: readonly JobSummary[]; readonly begun: readonly JobSummary[] }> {
  const couldBeName = typed !== '' && typed.length <= LONGEST_NAME;
  const [named, begun] = await Promise.all([
    couldBeName ? client.jobs.list({ name: typed, limit: TOLD + 1 }) : undefined,
    PREFIX.test(typed) ? client.jobs.list({ idPrefix: typed, limit: TOLD + 1 }) : undefined,
  ]);
  return { named: named?.jobs ?? [], begun: begun?.jobs ?? [] };
}

function countOf(jobs: readonly unknown[]): string {
  return jobs.length > TOLD ? `More than ${TOLD}` : String(jobs.length);
}

function severalMeant({ host }: Named, what: string, jobs: readonly JobSummary[]): CliError {
  const now = host.clock.now();
  const lines = jobs
    .slice(0, TOLD)
    .map(
      ({ id, name, state, createdAt }) =>
        `  ${id}  ${name ?? '-'}  ${state}  ${ago(now - Date.parse(createdAt))}`,
    );
  return new CliError([`${what}:`, ...lines, ...(jobs.length > TOLD ? ['  …'] : [])].join('\n'), EXIT.usage);
}

function noSuchJob(typed: string): CliError {
  return new CliError(
    `There is no job with the id or the name "${typed}". "gpujobs list" shows those that there are.`,
    EXIT.notFound,
  );
}
