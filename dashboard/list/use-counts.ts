// How many jobs there are in each state, as far as one page of each tells.
import type { JobState } from '../../domain/job/job-state';
import { useApi } from '../api/use-api';
import { useLive } from '../api/use-live';
import { STATES } from '../frame/states';
import type { ListFilter } from '../route';

/** As much as is counted; more than that is `99+`. One storage request a state. */
const MOST = 100;
const EVERY_MS = 20_000;

interface Counted {
  readonly count: number;
  readonly isMore: boolean;
}
export type Counts = Readonly<Partial<Record<JobState, Counted>>>;

/** Of the jobs that fit the filter's other parts. */
export function useCounts(filter: ListFilter): Counts {
  const api = useApi();
  const others = { ...filter, state: undefined };
  const { value } = useLive<Counts>(
    async (signal) => {
      const counts: Partial<Record<JobState, Counted>> = {};
      for (const state of STATES) {
        const { jobs, continuation } = await api.list({ ...others, state, limit: MOST }, signal);
        counts[state] = { count: jobs.length, isMore: continuation !== undefined };
      }
      return counts;
    },
    EVERY_MS,
    JSON.stringify(others),
  );
  return value ?? {};
}
