// gpujobs logs: what a job's program printed; -f goes on until it is over.
import type { GpuJobsClient } from '../../client/gpu-jobs-client';
import type { LogSlice } from '../../client/log-client';
import type { JobView } from '../../domain/api/jobs';
import type { Cli } from '../cli';
import { EXIT, type ExitCode } from '../exit-codes';
import { gapInWords } from '../follow/gap-in-words';
import { stopOnInterrupt, StoppedWatching } from '../follow/stop';

export interface LogsFlags {
  readonly follow?: true;
  readonly attempt?: number;
}

/** The log's bytes as they are, on standard output; what is missing of them is told on standard error. */
export async function logs(cli: Cli, id: string, { follow, attempt }: LogsFlags): Promise<ExitCode> {
  const client = await cli.client();
  if (follow !== true) {
    await whatIsThere(cli, client, id, attempt);
    return EXIT.ok;
  }
  // Only reading ends here: a log is no job.
  const stop = stopOnInterrupt({
    host: { onInterrupt: cli.host.onInterrupt, onKeys: undefined },
    ask: () => undefined,
    cancel: () => undefined,
  });
  try {
    await toTheEnd(cli, client, id, attempt, stop.signal);
    return EXIT.ok;
  } catch (error) {
    if (error instanceof StoppedWatching || stop.signal.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    stop.dispose();
  }
}

async function whatIsThere(
  cli: Cli,
  client: GpuJobsClient,
  id: string,
  attempt: number | undefined,
): Promise<void> {
  for (let from = 0; ;) {
    const slice = await client.logs.slice(id, { from, attempt });
    write(cli, slice);
    if (slice.final || slice.next === from) return;
    from = slice.next;
  }
}

/** Of the attempt that was asked for; else from the current one on, through those that follow it. */
async function toTheEnd(
  cli: Cli,
  client: GpuJobsClient,
  id: string,
  asked: number | undefined,
  signal: AbortSignal,
): Promise<void> {
  const job = await client.jobs.get(id);
  for (let attempt = asked ?? job.attempts.at(-1)?.number ?? 1; ; attempt += 1) {
    for await (const slice of client.logs.follow(id, { attempt, signal })) write(cli, slice);
    if (asked !== undefined) return;
    const after = await untilOverOrNext(client, id, attempt, signal);
    if (after.attempts.length <= attempt) return;
    cli.say(`[attempt ${attempt} is over; attempt ${attempt + 1} follows]`);
  }
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

function write({ host, say }: Cli, { bytes, gaps }: LogSlice): void {
  for (const gap of gaps) say(gapInWords(gap));
  if (bytes.length > 0) host.stdout.write(bytes);
}
