// What can be done with the jobs that are chosen in the list: cancel them, or submit again those that are over.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { isOver } from '../../client/job-end';
import type { JobSummary } from '../../domain/lists/job-summary';
import { useApi } from '../api/use-api';
import { Question } from '../frame/question';
import { Trouble } from '../frame/trouble';
import { type Action, countInWords, WORDS } from './action-words';
import { oneByOne } from './one-by-one';
import type { Selection } from './selection';

interface SelectionActionsProps {
  readonly jobs: readonly JobSummary[];
  readonly selection: Selection;
}

export function SelectionActions({ jobs, selection }: SelectionActionsProps): JSX.Element | null {
  const api = useApi();
  const [asks, setAsks] = useState<Action>();
  const [told, setTold] = useState('');
  const [error, setError] = useState<Error>();
  const [isBusy, setBusy] = useState(false);
  const chosen = jobs.filter(({ id }) => selection.has(id));
  const ids = {
    cancel: chosen.filter((job) => !isOver(job)).map(({ id }) => id),
    again: chosen.filter((job) => isOver(job)).map(({ id }) => id),
  };
  const act = async (action: Action): Promise<void> => {
    setAsks(undefined);
    setError(undefined);
    setBusy(true);
    const all = ids[action];
    const send = (id: string): Promise<unknown> =>
      action === 'cancel' ? api.cancel(id) : api.resubmit(id, crypto.randomUUID());
    const { done, failed } = await oneByOne(all, send, (count) => setTold(`${count} of ${all.length} …`));
    setBusy(false);
    setTold(`${countInWords(done)} ${WORDS[action].done}.`);
    const [first] = failed;
    if (first === undefined) selection.clear();
    else setError(new Error(`${countInWords(failed.length)} ${WORDS[action].not}: ${first.message}`));
  };
  if (chosen.length === 0 && told === '') return null;
  return (
    <div class="chosen">
      <span role="status">
        {chosen.length > 0 && `${countInWords(chosen.length)} chosen. `}
        {told}
      </span>{' '}
      {chosen.length > 0 && (
        <>
          <button
            type="button"
            class="danger"
            disabled={isBusy || ids.cancel.length === 0}
            onClick={() => setAsks('cancel')}
          >
            Cancel {ids.cancel.length} …
          </button>{' '}
          <button type="button" disabled={isBusy || ids.again.length === 0} onClick={() => setAsks('again')}>
            Submit {ids.again.length} again …
          </button>
        </>
      )}
      <Trouble error={error} what="Not all was done." />
      {asks !== undefined && (
        <Question
          title={WORDS[asks].title(countInWords(ids[asks].length))}
          yes={WORDS[asks].yes}
          onYes={() => void act(asks)}
          onNo={() => setAsks(undefined)}
        >
          <p>{WORDS[asks].says}</p>
        </Question>
      )}
    </div>
  );
}
