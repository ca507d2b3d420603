// Follows the demo's jobs through the API until all are over and their groups are gone.
import { setTimeout as sleep } from 'node:timers/promises';

import type { JobsApi } from '../jobs-api';
import { isDone, type JobProgress, withJob, withLog } from './job-progress';
import { isJobOf } from './submissions';

/** Milliseconds between two looks. */
const LOOK_EVERY_MS = 150;

export interface WatchOptions {
  /** Aborted when the demo cannot succeed any more; its reason is what `watchJobs` rejects with. */
  readonly signal: AbortSignal;
  /** Called after each look with what is known. */
  readonly onLook: (jobs: readonly JobProgress[]) => void;
}

/** Resolves with the last state of each job, in the given order. */
export async function watchJobs(
  api: JobsApi,
  jobs: readonly JobProgress[],
  { signal, onLook }: WatchOptions,
): Promise<readonly JobProgress[]> {
  const readers = jobs.map((job) => followJob(api, job));
  let known = jobs;
  for (;;) {
    signal.throwIfAborted();
    const found = known.some((progress) => progress.job === undefined) ? await api.list() : [];
    known = await Promise.all(
      known.map(async (progress, index) => {
        const id = progress.job?.id ?? found.find(({ labels }) => isJobOf(progress, labels))?.id;
        return id === undefined ? progress : ((await readers[index]?.(progress, id)) ?? progress);
      }),
    );
    signal.throwIfAborted();
    onLook(known);
    if (known.every(isDone)) return known;
    await sleep(LOOK_EVERY_MS);
  }
}

/** A reader of one job and its log. It keeps the decoder, because a read may end within a character. */
function followJob(
  api: JobsApi,
  { title }: JobProgress,
): (progress: JobProgress, id: string) => Promise<JobProgress> {
  let decoder = new TextDecoder();
  let attempt = 0;
  return async (progress, id) => {
    if (isDone(progress)) return progress;
    const job = await api.get(id);
    const current = job.attempts.at(-1);
    const next = withJob(progress, job);
    if (current === undefined) return next;
    if (attempt !== 0 && attempt !== current.number)
      throw new Error(`${title} needed attempt ${current.number}: ${attemptReason(progress)}`);
    if (attempt !== current.number) decoder = new TextDecoder();
    attempt = current.number;
    // While the program runs, the row's count of log bytes lags behind the archive, so this asks the archive itself. A
    // short program may be over before any look found it running.
    if (current.phases['running'] === undefined && current.logBytes === 0) return next;
    const bytes = await api.log(id, attempt, progress.logBytes);
    return withLog(next, bytes.length, decoder.decode(bytes, { stream: true }));
  };
}

function attemptReason({ job }: JobProgress): string {
  return job?.reason?.message ?? 'the one before did not end by itself';
}
