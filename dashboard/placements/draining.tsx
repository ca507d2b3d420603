// Whether the deployment admits jobs, with the switch for it.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { asError } from '../api/as-error';
import { useApi } from '../api/use-api';
import { useLive } from '../api/use-live';
import { Question } from '../frame/question';
import { Trouble } from '../frame/trouble';

const EVERY_MS = 10_000;

export function Draining(): JSX.Element {
  const api = useApi();
  const { value, error, refresh } = useLive((signal) => api.health(signal), EVERY_MS, 'health');
  const [asks, setAsks] = useState(false);
  const [failure, setFailure] = useState<Error>();
  const isKnown = value !== undefined && 'draining' in value;
  const isDraining = isKnown && value.draining;
  const turn = (): void => {
    setAsks(false);
    setFailure(undefined);
    api.drain(!isDraining).then(refresh, (thrown: unknown) => setFailure(asError(thrown)));
  };
  return (
    <div class="draining">
      <p role="status" class={isDraining ? 'error' : ''}>
        {isKnown && (isDraining ? 'Draining: nothing new is admitted.' : 'Jobs are admitted.')}
        {isKnown && value.status !== 'healthy' && ' Nobody has looked after the workloads for minutes.'}
        {value !== undefined && !isKnown && `Storage does not answer: ${value.detail}`}
      </p>
      {isKnown && (
        <button type="button" class={isDraining ? '' : 'danger'} onClick={() => setAsks(true)}>
          {isDraining ? 'Admit jobs again …' : 'Drain …'}
        </button>
      )}
      <Trouble
        error={failure ?? error}
        what={failure === undefined ? 'The health is unknown.' : 'It was not done.'}
      />
      {asks && (
        <Question
          title={isDraining ? 'Admit jobs again?' : 'Admit no more jobs?'}
          yes={isDraining ? 'Admit jobs' : 'Drain'}
          onYes={turn}
          onNo={() => setAsks(false)}
        >
          <p>
            {isDraining
              ? 'What waits is admitted as soon as there is room for it.'
              : 'At all placements, until somebody takes it back. What runs goes on, and what is submitted waits.'}
          </p>
        </Question>
      )}
    </div>
  );
}
