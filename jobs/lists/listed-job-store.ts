// The job store that keeps the lists: every write of a job's rows through it is listed too.
import type { JobStore } from '../../domain/ports/job-store';
import type { ListKeeper } from './list-keeper';

/** `onChange` is called for every write, before the lists are written. */
export function createListedJobStore(
  jobs: JobStore,
  keeper: Pick<ListKeeper, 'afterChange' | 'afterInsert'>,
  onChange: (jobId: string) => void = () => undefined,
): JobStore {
  return {
    read: (jobId) => jobs.read(jobId),
    insert: async (row) => {
      const inserted = await jobs.insert(row);
      if (inserted === 'inserted')
        await keeper.afterInsert({ job: { row, etag: '' }, cancel: undefined, attempts: [] });
      return inserted;
    },
    commit: async (jobId, changes) => {
      const done = await jobs.commit(jobId, changes);
      if (done === 'changed') return done;
      onChange(jobId);
      await keeper.afterChange(jobId, changes);
      return done;
    },
  };
}
