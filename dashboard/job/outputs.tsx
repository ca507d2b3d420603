// What an attempt left in its outputs: read when it is asked for, each file to be downloaded by pieces.
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';

import type { AttemptView } from '../../api/jobs';
import type { OutputsPage, OutputView } from '../../api/outputs';
import { bytesInWords } from '../../cli/show/words';
import { asError } from '../api/as-error';
import { useApi } from '../api/use-api';
import { DateAndTime } from '../frame/instant';
import { shownText } from '../frame/shown-text';
import { Trouble } from '../frame/trouble';
import { DownloadButton } from '../log/download-button';
import { createOutputSource } from './output-source';

interface OutputsProps {
  readonly id: string;
  readonly attempt: AttemptView;
}

type Told = NonNullable<AttemptView['outputs']>;

/** Files that are shown at once; more are read on demand. */
const PAGE = 200;

export function Outputs({ id, attempt }: OutputsProps): JSX.Element | null {
  const api = useApi();
  const [files, setFiles] = useState<readonly OutputView[]>();
  const [next, setNext] = useState<string>();
  const [error, setError] = useState<Error>();
  const { outputs, number } = attempt;
  if (outputs === undefined) return null;
  const read = (continuation: string | undefined, before: readonly OutputView[]): void => {
    setError(undefined);
    api
      .outputs(id, { attempt: number, limit: PAGE, continuation })
      .then((page: OutputsPage) => {
        setFiles([...before, ...page.outputs]);
        setNext(page.continuation);
      })
      .catch((thrown: unknown) => setError(asError(thrown)));
  };
  const opened = ({ currentTarget }: { currentTarget: HTMLDetailsElement }): void => {
    if (currentTarget.open) read(undefined, []);
  };
  return (
    <details class="outputs" onToggle={opened}>
      <summary>Outputs: {inWords(outputs)}</summary>
      <Trouble error={error} what="The outputs could not be read." />
      {files === undefined && error === undefined && <p class="quiet">Reading …</p>}
      {files !== undefined && (
        <>
          <ul>
            {files.map((file) => (
              <File key={file.path} id={id} attempt={number} file={file} />
            ))}
          </ul>
          {files.length === 0 && <p class="quiet">There is no file.</p>}
          {next !== undefined && (
            <button type="button" onClick={() => read(next, files)}>
              Show more
            </button>
          )}
        </>
      )}
    </details>
  );
}

function inWords({ state, files, bytes, more, why }: Told): string {
  switch (state) {
    case 'open':
      return 'the program may still write them';
    case 'listed':
      return `${files ?? 0}${more === true ? ' and more' : ''} ${files === 1 ? 'file' : 'files'}, ${bytesInWords(bytes ?? 0)}`;
    case 'due':
      return `not listed yet: ${shownText(why ?? '')}`;
    case 'unreadable':
      return `can't be listed: ${shownText(why ?? '')}`;
  }
}

interface FileProps {
  readonly id: string;
  readonly attempt: number;
  readonly file: OutputView;
}

function File({ id, attempt, file: { path, bytes, modifiedAt } }: FileProps): JSX.Element {
  const api = useApi();
  const read = useMemo(() => createOutputSource(api.send, { id, attempt, path }), [id, attempt, path]);
  return (
    <li>
      <code>{shownText(path)}</code>{' '}
      <span class="quiet">
        {bytesInWords(bytes)}
        {modifiedAt !== undefined && (
          <>
            , <DateAndTime at={modifiedAt} />
          </>
        )}
      </span>{' '}
      <DownloadButton read={read} name={path.split('/').at(-1) ?? path} of={shownText(path)} />
    </li>
  );
}
