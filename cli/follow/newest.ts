// The newest version of a job, for those who wait until it is as they need it.
import type { JobView } from '../../api/jobs';

export interface Newest {
  set(job: JobView): void;
  get(): JobView | undefined;
  /** The newest version as soon as it is as asked. */
  until(isIt: (job: JobView) => boolean, signal: AbortSignal): Promise<JobView>;
}

export function createNewest(): Newest {
  let newest: JobView | undefined;
  const waiting = new Set<() => void>();
  return {
    set: (job) => {
      newest = job;
      for (const look of waiting) look();
    },
    get: () => newest,
    until: (isIt, signal) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (newest === undefined || !isIt(newest)) return;
          done();
          resolve(newest);
        };
        const stop = (): void => {
          done();
          reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
        };
        const done = (): void => {
          waiting.delete(look);
          signal.removeEventListener('abort', stop);
        };
        waiting.add(look);
        signal.addEventListener('abort', stop);
        if (signal.aborted) stop();
        else look();
      }),
  };
}
