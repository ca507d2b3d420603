// gpujobs logs: what a job's program printed, or those of a group; -f goes on until it is over.
import type { AttemptView, JobView } from '../../api/jobs';
import type { GpuJobsClient } from '../../client/gpu-jobs-client';
import type { LogSlice } from '../../client/log-client';
import { GROUP_ID } from '../../domain/group/group';
import type { Cli } from '../cli';
import { CliError } from '../cli-error';
import { EXIT, type ExitCode } from '../exit-codes';
import { type LogOutput, logOutput } from '../follow/log-output';
import { stopOnInterrupt, StoppedWatching } from '../follow/stop';
import { groupLogs, memberOf } from '../groups/group-logs';
import { type LogStatus, logStatus, logStatusInWords } from '../show/log-status';
import { generationInWords } from '../show/whole-log';
import { jobToRead } from '../spec/job-reference';

export interface LogsFlags {
  /** Of a group: which member. */
  readonly index?: number;
  readonly follow?: true;
  readonly attempt?: number;
  readonly generation?: number;
  readonly tail?: number;
  readonly since?: string;
  readonly timestamps?: true;
}

/** 66 where there is no log and there will be none. */
export async function logs(cli: Cli, typed: string, flags: LogsFlags): Promise<ExitCode> {
  refuseTimes(flags);
  const client = await cli.client();
  if (GROUP_ID.test(typed) && flags.index === undefined) return logsOfGroup(cli, typed, flags);
  if (!GROUP_ID.test(typed) && flags.index !== undefined)
    throw new CliError(`--index is of a group, and "${typed}" is no group's id.`, EXIT.usage);
  const id =
    flags.index === undefined
      ? await jobToRead(cli, client, typed)
      : (await memberOf(client, typed, flags.index)).id;
  const output = logOutput(cli);
  if (flags.follow !== true) return whatIsThere(cli, client, id, flags, output);
  // Only reading ends here: a log is no job.
  const stop = stopOnInterrupt({
    host: { onInterrupt: cli.host.onInterrupt, onKeys: undefined },
    ask: () => undefined,
    cancel: () => undefined,
  });
  try {
    return await toTheEnd(cli, client, id, flags, output, stop.signal);
  } catch (error) {
    if (error instanceof StoppedWatching || stop.signal.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    stop.dispose();
  }
}

/** What is there now of each member; what belongs to one log asks for a member. */
function logsOfGroup(cli: Cli, id: string, flags: LogsFlags): Promise<ExitCode> {
  const ofOne = [
    ...(flags.follow === true ? ['--follow'] : []),
    ...(flags.attempt === undefined ? [] : ['--attempt']),
    ...(flags.generation === undefined ? [] : ['--generation']),
  ];
  if (ofOne.length > 0)
    throw new CliError(
      `${ofOne.join(' and ')} ${ofOne.length === 1 ? 'takes' : 'take'} one log: name a member of the group with --index.`,
      EXIT.usage,
    );
  return groupLogs(cli, id, flags.tail);
}

/** docs/decisions/0012-logs-without-times.md */
function refuseTimes({ since, timestamps }: LogsFlags): void {
  const asked = [
    ...(since === undefined ? [] : ['--since']),
    ...(timestamps === true ? ['--timestamps'] : []),
  ];
  if (asked.length === 0) return;
  throw new CliError(
    `${asked.join(' and ')} can't be had: a log is archived byte for byte, as the program printed it, and when a line was printed is kept nowhere. --tail N prints the last lines; a program that prints times has them in its log.`,
    EXIT.usage,
  );
}

async function whatIsThere(
  cli: Cli,
  client: GpuJobsClient,
  id: string,
  { attempt: asked, generation: wanted, tail }: LogsFlags,
  output: LogOutput,
): Promise<ExitCode> {
  const job = await client.jobs.get(id);
  const attempt = attemptOf(job, asked);
  if (attempt === undefined)
    return ended(output, job, attempt, { bytes: 0, final: job.outcome !== undefined });
  const generation = wanted ?? fullestOf(attempt);
  let slice = await client.logs.slice(id, { attempt: attempt.number, generation, tail });
  tellShortTail(cli, slice, tail);
  for (;;) {
    output.slice(slice, attempt.number);
    if (slice.final || slice.bytes.length === 0) break;
    slice = await client.logs.slice(id, { attempt: attempt.number, generation, from: slice.next });
  }
  return ended(output, job, attempt, { bytes: slice.next, final: slice.final, generation });
}

/** Of the attempt that was asked for; else from the current one on, through those that follow it. */
async function toTheEnd(
  cli: Cli,
  client: GpuJobsClient,
  id: string,
  { attempt: asked, generation: wanted, tail }: LogsFlags,
  output: LogOutput,
  signal: AbortSignal,
): Promise<ExitCode> {
  const known = await client.jobs.get(id);
  for (let number = attemptOf(known, asked)?.number ?? 1, first = true; ; number += 1, first = false) {
    // What is followed stays what it is, also when a fuller generation is complete meanwhile.
    const of = known.attempts.find((one) => one.number === number);
    const generation = wanted ?? (of === undefined ? undefined : fullestOf(of));
    const start: LogSlice | undefined =
      first && tail !== undefined
        ? await client.logs.slice(id, { attempt: number, generation, tail })
        : undefined;
    if (start !== undefined) {
      tellShortTail(cli, start, tail);
      output.slice(start, number);
    }
    let last = start;
    if (start?.final !== true)
      for await (const slice of client.logs.follow(id, {
        attempt: number,
        generation,
        from: start?.next,
        signal,
      })) {
        output.slice(slice, number);
        last = slice;
      }
    const job =
      asked === undefined ? await untilOverOrNext(client, id, number, signal) : await client.jobs.get(id);
    if (asked === undefined && job.attempts.length > number) {
      cli.say(`[attempt ${number} is over; attempt ${number + 1} follows]`);
      continue;
    }
    const attempt = job.attempts.find((one) => one.number === number);
    const read = { bytes: last?.next ?? 0, final: last?.final ?? true, generation: last?.generation };
    return ended(output, job, attempt, read);
  }
}

/** Fewer lines than were asked for, although the log begins before them: the deployment looks back 4 MiB at most. */
function tellShortTail({ say }: Cli, { bytes, from }: LogSlice, tail: number | undefined): void {
  if (tail === undefined || from === 0) return;
  const breaks = bytes.reduce((count, byte) => (byte === NEWLINE ? count + 1 : count), 0);
  const lines = bytes.length === 0 || bytes.at(-1) === NEWLINE ? breaks : breaks + 1;
  if (lines < tail)
    say(`[log: only the last 4 MiB were looked through for ${tail} lines; there are ${lines} in them]`);
}

const NEWLINE = 10;

/** @throws CliError where the job has no such attempt, nor will have it. */
function attemptOf({ id, attempts, outcome }: JobView, asked: number | undefined): AttemptView | undefined {
  const found = asked === undefined ? attempts.at(-1) : attempts.find(({ number }) => number === asked);
  if (found !== undefined || asked === undefined) return found;
  const has =
    attempts.length === 0
      ? outcome === undefined
        ? 'it has none yet'
        : 'it never had one'
      : `it has ${attempts.map(({ number }) => number).join(', ')}`;
  throw new CliError(`Job ${id} has no attempt ${asked}: ${has}.`, EXIT.notFound);
}

function ended(
  output: LogOutput,
  job: JobView,
  attempt: AttemptView | undefined,
  read: { readonly bytes: number; readonly final: boolean; readonly generation?: number | undefined },
): ExitCode {
  const status: LogStatus = logStatus(job, attempt, read);
  const told = [
    logStatusInWords(status, job, attempt),
    attempt && generationInWords(job.id, attempt, read.generation ?? 1),
  ].filter((line) => line !== undefined);
  output.end(status, told, attempt?.number);
  return status === 'absent' ? EXIT.notFound : EXIT.ok;
}

/** The generation that is the whole log, where there is one. */
function fullestOf({ log }: AttemptView): number {
  return log?.generation ?? 1;
}

async function untilOverOrNext(
  client: GpuJobsClient,
  id: string,
  attempt: number,
  signal: AbortSignal,
): Promise<JobView> {
  let last: JobView | undefined;
  for await (const job of client.watch(id, { signal })) {
    last = job;
    if (job.attempts.length > attempt) break;
  }
  return last ?? client.jobs.get(id);
}
