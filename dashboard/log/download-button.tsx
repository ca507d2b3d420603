// The button that makes a file of a log or of an output, and how far that is.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { bytesInWords } from '../../cli/show/words';
import { isAborted } from '../api/aborted';
import { asError } from '../api/as-error';
import { shownText } from '../frame/shown-text';
import { download, MOST_IN_MEMORY, type ReadBytes } from './download';

interface DownloadButtonProps {
  readonly read: ReadBytes;
  /** Of the file. */
  readonly name: string;
  /** Which it is, where there are several on a page. */
  readonly of?: string;
}

export function DownloadButton({ read, name, of }: DownloadButtonProps): JSX.Element {
  const [told, setTold] = useState('');
  const [isBusy, setBusy] = useState(false);
  const start = (): void => {
    setBusy(true);
    download(read, name, (bytes) => setTold(bytesInWords(bytes)))
      .then((isWhole) => {
        if (!isWhole)
          setTold(
            `Only the first ${bytesInWords(MOST_IN_MEMORY)}: this browser can't write into a file. The command line, gpujobs, gives all.`,
          );
      })
      .catch((error: unknown) =>
        setTold(
          isAborted(error) ? '' : `It could not be read to its end: ${shownText(asError(error).message)}`,
        ),
      )
      .finally(() => setBusy(false));
  };
  return (
    <>
      <button
        type="button"
        aria-label={of === undefined ? undefined : `Download ${of}`}
        disabled={isBusy}
        onClick={start}
      >
        Download
      </button>{' '}
      <span class="quiet" role="status">
        {told}
      </span>
    </>
  );
}
