// Follows one job to its end: its versions and, attempt by attempt, its log.
import { setTimeout as sleep } from 'node:timers/promises';

import type { JobView } from '../../api/jobs';
import type { GpuJobsClient } from '../../client/gpu-jobs-client';
import type { LogSlice } from '../../client/log-client';
import { createNewest } from './newest';

/** Takes what happens, as it happens. */
export interface Follower {
  /** The job has changed. */
  onJob(job: JobView): void;
  /** The next bytes of an attempt's log; never before `onJob` has told that the attempt runs. */
  onLog?(slice: LogSlice, attempt: number): void;
  /** The attempt's log is complete: what the job has come to since may be told. */
  onLogEnd?(attempt: number): void;
}

export interface FollowOptions {
  /** The log too. */
  readonly withLog: boolean;
  /** The time between further looks, milliseconds, for values that grow without being a change. */
  readonly refreshMs?: number | undefined;
  readonly signal: AbortSignal;
}

/**
 * Resolves with the job when it is over and its log is read to the end; rejects with the signal's reason when aborted.
 */
export async function followJob(
  client: GpuJobsClient,
  id: string,
  follower: Follower,
  { withLog, refreshMs, signal }: FollowOptions,
): Promise<JobView> {
  const failure = new AbortController();
  const both = AbortSignal.any([signal, failure.signal]);
  const known = createNewest();
  const told = (job: JobView): void => {
    if (known.get()?.outcome !== undefined) return; // An answer that another one has overtaken.
    known.set(job);
    follower.onJob(job);
  };
  /** Nothing happens, and the cost grows. */
  const refreshing = async (everyMs: number): Promise<void> => {
    const over = new AbortController();
    const end = (): void => over.abort();
    void known.until((job) => job.outcome !== undefined, both).then(end, end);
    for (;;) {
      await sleep(everyMs, undefined, { signal: over.signal }).catch(end);
      if (over.signal.aborted) return;
      told(await client.jobs.get(id));
    }
  };
  const watching = async (): Promise<void> => {
    for await (const job of client.watch(id, { signal: both })) told(job);
  };
  const logging = async (): Promise<void> => {
    for (let attempt = 1; ; attempt += 1) {
      for await (const slice of client.logs.follow(id, { attempt, signal: both })) {
        if (!hasRun(known.get(), attempt)) told(await client.jobs.get(id));
        follower.onLog?.(slice, attempt);
      }
      follower.onLogEnd?.(attempt);
      const job = await known.until(
        (one) => one.outcome !== undefined || one.attempts.length > attempt,
        both,
      );
      if (job.attempts.length <= attempt) return;
    }
  };
  try {
    await Promise.all([
      watching(),
      ...(withLog ? [logging()] : []),
      ...(refreshMs === undefined ? [] : [refreshing(refreshMs)]),
    ]);
  } catch (error) {
    failure.abort(error);
    signal.throwIfAborted();
    throw error;
  }
  return known.until((job) => job.outcome !== undefined, both);
}

function hasRun(job: JobView | undefined, attempt: number): boolean {
  return job?.attempts.find(({ number }) => number === attempt)?.phases['running'] !== undefined;
}
