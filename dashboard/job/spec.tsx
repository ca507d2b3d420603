// What was asked for, whole, and the whole answer of the API.
import type { JSX } from 'preact';

import type { JobView } from '../../api/jobs';
import { shownText } from '../frame/shown-text';

export function Spec({ job }: { readonly job: JobView }): JSX.Element {
  const { spec, ...others } = job;
  return (
    <>
      {spec !== undefined && <Json title="Spec" value={spec} />}
      <Json title="Everything else that the API tells" value={others} />
    </>
  );
}

function Json({ title, value }: { readonly title: string; readonly value: unknown }): JSX.Element {
  const lines = JSON.stringify(value, undefined, 2).split('\n');
  return (
    <details class="json">
      <summary>{title}</summary>
      <pre tabIndex={0}>{lines.map(shownText).join('\n')}</pre>
    </details>
  );
}
