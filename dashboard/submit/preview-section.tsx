// The part of the page that says what would become of the document, whatever is known of that yet.
import type { JSX } from 'preact';

import { Trouble } from '../frame/trouble';
import { PreviewPanel } from './preview-panel';
import type { Preview } from './use-preview';

interface PreviewSectionProps {
  readonly preview: Preview;
  /** Why the form makes no document; undefined: it makes one. */
  readonly formTrouble: string | undefined;
}

export function PreviewSection({ preview, formTrouble }: PreviewSectionProps): JSX.Element {
  return (
    <section aria-labelledby="preview-title" class="card">
      <h2 id="preview-title">What would become of it</h2>
      {formTrouble === undefined ? <Told preview={preview} /> : <p class="error">{formTrouble}</p>}
    </section>
  );
}

function Told({ preview }: { readonly preview: Preview }): JSX.Element {
  switch (preview.kind) {
    case 'none':
      return <p class="quiet">Nothing is asked for yet. An image is the least.</p>;
    case 'asked':
      return <p class="quiet">Asking …</p>;
    case 'refused':
      return <Trouble error={preview.error} what="It would be refused." />;
    case 'told':
      return <PreviewPanel previewed={preview.previewed} />;
  }
}
