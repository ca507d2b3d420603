// Submitting a job: a form or a document, what would become of it, and then the job.
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';

import { asError } from '../api/as-error';
import { ApiProblem } from '../api/request';
import { useApi } from '../api/use-api';
import { Trouble } from '../frame/trouble';
import { goTo } from '../frame/use-route';
import { DocumentField } from './document-field';
import { PreviewSection } from './preview-section';
import { SpecFields } from './spec-fields';
import { EMPTY_FORM, fieldsOf, type FormFields, type MadeSpec, specOf } from './spec-form';
import { submit } from './submission-calls';
import { createKeyOf } from './submission-key';
import { useEarlierSpec } from './use-earlier-spec';
import { usePreview } from './use-preview';
import { type Way, Ways } from './ways';

export function SubmitPage({ from }: { readonly from: string | undefined }): JSX.Element {
  const { send } = useApi();
  const [way, setWay] = useState<Way>('form');
  const [fields, setFields] = useState<FormFields>(EMPTY_FORM);
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<Error>();
  const [isBusy, setBusy] = useState(false);
  const keyOf = useMemo(() => createKeyOf(() => crypto.randomUUID()), []);
  const unread = useEarlierSpec(from, (spec) => setFields(fieldsOf(spec)));
  const made = specOf(fields);
  const document = way === 'form' ? formDocument(made) : typed.trim() === '' ? undefined : typed;
  const preview = usePreview(document);
  const previewed = preview.kind === 'told' && preview.document === document ? preview.previewed : undefined;

  const change = (next: Way): void => {
    if (next === 'document' && made.ok && fields !== EMPTY_FORM)
      setTyped(JSON.stringify(made.spec, undefined, 2));
    if (next === 'form' && previewed !== undefined) setFields(fieldsOf(previewed.spec));
    setWay(next);
  };
  const submitNow = async (): Promise<void> => {
    if (document === undefined || previewed === undefined || isBusy) return;
    setBusy(true);
    setError(undefined);
    try {
      const { id, members } = await submit(send, document, previewed.idempotencyKey ?? keyOf(document));
      goTo(members === undefined ? { page: 'job', id } : { page: 'jobs', filter: {} });
    } catch (failure) {
      setError(asError(failure));
      setBusy(false);
    }
  };
  return (
    <>
      <h1>{from === undefined ? 'Submit a job' : 'Submit a job again, changed'}</h1>
      <Trouble error={unread} what="The earlier job could not be read." />
      <form
        class="submission"
        onSubmit={(event) => {
          event.preventDefault();
          void submitNow();
        }}
      >
        <Ways way={way} onWay={change} />
        {way === 'form' ? (
          <SpecFields fields={fields} onFields={setFields} />
        ) : (
          <DocumentField value={typed} onValue={setTyped} />
        )}
        <PreviewSection preview={preview} formTrouble={way === 'form' && !made.ok ? made.why : undefined} />
        <div class="actions">
          <button type="submit" class="primary" disabled={previewed === undefined || isBusy}>
            Submit
          </button>
          <span class="quiet" role="status">
            {isBusy ? 'Submitting …' : ''}
          </span>
        </div>
        <Trouble error={error} what={whatOf(error)} />
      </form>
    </>
  );
}

/** An empty form asks for nothing. */
function formDocument(made: MadeSpec): string | undefined {
  return made.ok && made.spec['image'] !== '' ? JSON.stringify(made.spec, undefined, 2) : undefined;
}

function whatOf(error: Error | undefined): string {
  return error instanceof ApiProblem
    ? 'It was not submitted.'
    : 'It is not known whether it was submitted. Submit it again: it stays one job.';
}
