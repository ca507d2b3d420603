// The last jobs of each schedule, for its sparkline.
import type { JobSummary } from '../../domain/lists/job-summary';
import { useApi } from '../api/use-api';
import { useLive } from '../api/use-live';

/** As many as a sparkline shows. One storage request a schedule. */
const LAST = 20;
/** Schedules beyond these show no jobs: nobody waits for so many requests. */
const MOST_SCHEDULES = 50;
const EVERY_MS = 20_000;

export type LastJobs = Readonly<Record<string, readonly JobSummary[]>>;

/** Newest first, by the schedule's name. */
export function useLastJobs(names: readonly string[]): LastJobs {
  const api = useApi();
  const asked = names.slice(0, MOST_SCHEDULES);
  const { value } = useLive<LastJobs>(
    async (signal) => {
      const found: Record<string, readonly JobSummary[]> = {};
      for (const schedule of asked)
        found[schedule] = (await api.list({ schedule, limit: LAST }, signal)).jobs;
      return found;
    },
    EVERY_MS,
    asked.join(' '),
  );
  return value ?? {};
}
