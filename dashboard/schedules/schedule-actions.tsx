// What can be done with a schedule: pause it, resume it, or run it now.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import type { ScheduleView } from '../../api/schedules';
import { asError } from '../api/as-error';
import { useApi } from '../api/use-api';
import { Question } from '../frame/question';
import { Trouble } from '../frame/trouble';
import { goTo } from '../frame/use-route';

interface ScheduleActionsProps {
  readonly schedule: ScheduleView;
  readonly onChange: () => void;
}

export function ScheduleActions({ schedule, onChange }: ScheduleActionsProps): JSX.Element {
  const { name, paused } = schedule;
  const api = useApi();
  const [asks, setAsks] = useState(false);
  const [error, setError] = useState<Error>();
  const doing = (what: Promise<void>): void => {
    setAsks(false);
    setError(undefined);
    what.catch((failure: unknown) => setError(asError(failure)));
  };
  const run = (): void =>
    doing(api.runSchedule(name, crypto.randomUUID()).then(({ jobId }) => goTo({ page: 'job', id: jobId })));
  return (
    <div class="actions">
      <button
        type="button"
        aria-label={`${paused ? 'Resume' : 'Pause'} ${name}`}
        onClick={() => doing(api.pauseSchedule(name, !paused).then(onChange))}
      >
        {paused ? 'Resume' : 'Pause'}
      </button>
      <button type="button" aria-label={`Run now … (${name})`} onClick={() => setAsks(true)}>
        Run now …
      </button>
      <Trouble error={error} what="It was not done." />
      {asks && (
        <Question title={`Run ${name} now?`} yes="Run it now" onYes={run} onNo={() => setAsks(false)}>
          <p>One job is made now, beside those that the schedule makes when it fires.</p>
        </Question>
      )}
    </div>
  );
}
