// A document of any format: typed, pasted, dropped or chosen as a file.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { MOST_BYTES } from './submission-calls';

interface DocumentFieldProps {
  readonly value: string;
  readonly onValue: (text: string) => void;
}

export function DocumentField({ value, onValue }: DocumentFieldProps): JSX.Element {
  const [trouble, setTrouble] = useState('');
  const [isOver, setOver] = useState(false);
  const take = async (file: File | undefined): Promise<void> => {
    setOver(false);
    if (file === undefined) return;
    if (file.size > MOST_BYTES) {
      setTrouble(tooLarge(file.size));
      return;
    }
    setTrouble('');
    onValue(await file.text());
  };
  // A browser that lays out a line of a megabyte answers to nobody meanwhile, so such a text does not come in at all.
  const paste = (event: ClipboardEvent): void => {
    const bytes = new Blob([event.clipboardData?.getData('text/plain') ?? '']).size;
    setTrouble(bytes > MOST_BYTES ? tooLarge(bytes) : '');
    if (bytes > MOST_BYTES) event.preventDefault();
  };
  return (
    <div
      class={isOver ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        void take(event.dataTransfer?.files[0]);
      }}
    >
      <label for="document">Document</label>
      <p id="document-hint" class="quiet">
        A native spec, an ACI YAML file, an ARM template or a Kubernetes Job or Pod, as JSON or YAML. Paste
        it, or drop a file here.
      </p>
      <textarea
        id="document"
        aria-describedby="document-hint"
        rows={18}
        value={value}
        spellcheck={false}
        autocomplete="off"
        onPaste={paste}
        onInput={({ currentTarget }) => onValue(currentTarget.value)}
      />
      <label class="file">
        Or choose a file
        <input
          type="file"
          accept=".json,.yaml,.yml,application/json,application/yaml"
          onChange={({ currentTarget }) => {
            void take(currentTarget.files?.[0]);
            currentTarget.value = '';
          }}
        />
      </label>
      <p class="error" role="alert">
        {trouble}
      </p>
    </div>
  );
}

function tooLarge(bytes: number): string {
  return `It has ${bytes} bytes; a document has at most ${MOST_BYTES}. Put long texts into the image.`;
}
