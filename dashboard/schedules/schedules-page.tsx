// The schedules: when each fires next, how its last jobs ended, and what can be done with it.
import type { JSX } from 'preact';

import { useApi } from '../api/use-api';
import { useLive } from '../api/use-live';
import { Trouble } from '../frame/trouble';
import { useNow } from '../frame/use-now';
import { ScheduleCard } from './schedule-card';
import { useLastJobs } from './use-last-jobs';

const EVERY_MS = 10_000;

export function SchedulesPage(): JSX.Element {
  const api = useApi();
  const { value, error, refresh } = useLive((signal) => api.schedules(signal), EVERY_MS, 'schedules');
  const schedules = value?.schedules;
  const lastJobs = useLastJobs(schedules?.map(({ name }) => name) ?? []);
  const now = useNow(1_000);
  return (
    <>
      <h1>Schedules</h1>
      <Trouble error={error} what="The schedules could not be read." />
      {schedules === undefined && error === undefined && <p class="quiet">Reading …</p>}
      {schedules?.length === 0 && (
        <p>
          There are no schedules yet. <code>gpujobs schedule add</code> makes one, and so does the setting{' '}
          <code>GPU_JOBS_SCHEDULES</code>.
        </p>
      )}
      {schedules?.map((schedule) => (
        <ScheduleCard
          key={schedule.name}
          schedule={schedule}
          lastJobs={lastJobs[schedule.name]}
          now={now}
          onChange={refresh}
        />
      ))}
    </>
  );
}
