// What can be done with a job: cancel it, or submit it again when it is over.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import type { JobView } from '../../api/jobs';
import { isOver } from '../../client/job-end';
import { asError } from '../api/as-error';
import { useApi } from '../api/use-api';
import { Question } from '../frame/question';
import { shownText } from '../frame/shown-text';
import { Trouble } from '../frame/trouble';
import { goTo } from '../frame/use-route';
import { hrefOf } from '../route';

interface ActionsProps {
  readonly job: JobView;
  readonly onJob: (job: JobView) => void;
}

export function Actions({ job, onJob }: ActionsProps): JSX.Element {
  const api = useApi();
  const [asks, setAsks] = useState(false);
  const [error, setError] = useState<Error>();
  const doing = (what: Promise<void>): void => {
    setAsks(false);
    setError(undefined);
    what.catch((failure: unknown) => setError(asError(failure)));
  };
  const cancel = (): void => doing(api.cancel(job.id).then(onJob));
  const again = (): void =>
    doing(api.resubmit(job.id, crypto.randomUUID()).then(({ id }) => goTo({ page: 'job', id })));
  return (
    <div class="actions">
      {isOver(job) ? (
        <>
          <button type="button" onClick={again}>
            Submit again
          </button>
          <a href={hrefOf({ page: 'submit', from: job.id })}>Change and submit again</a>
        </>
      ) : (
        <button type="button" class="danger" onClick={() => setAsks(true)}>
          Cancel …
        </button>
      )}
      <Trouble error={error} what="It was not done." />
      {asks && (
        <Question
          title={`Cancel ${shownText(job.name ?? job.id)}?`}
          yes="Cancel the job"
          onYes={cancel}
          onNo={() => setAsks(false)}
        >
          <p>
            {job.attempts.length === 0
              ? 'It has not begun.'
              : 'Its program is ended, its log is archived, and its workload is removed.'}
          </p>
        </Question>
      )}
    </div>
  );
}
