// The button that makes a file of a log, and how far that is.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { bytesInWords } from '../../cli/show/words';
import { isAborted } from '../api/aborted';
import { download, MOST_IN_MEMORY } from './download';
import type { ReadPart } from './read-part';

export function DownloadButton({
  read,
  name,
}: {
  readonly read: ReadPart;
  readonly name: string;
}): JSX.Element {
  const [told, setTold] = useState('');
  const [isBusy, setBusy] = useState(false);
  const start = (): void => {
    setBusy(true);
    download(read, name, (bytes) => setTold(bytesInWords(bytes)))
      .then((isWhole) => {
        if (!isWhole)
          setTold(
            `Only the first ${bytesInWords(MOST_IN_MEMORY)}: this browser can't write into a file. gpujobs logs gives all.`,
          );
      })
      .catch((error: unknown) => setTold(isAborted(error) ? '' : 'The log could not be read to its end.'))
      .finally(() => setBusy(false));
  };
  return (
    <>
      <button type="button" disabled={isBusy} onClick={start}>
        Download
      </button>
      <span class="quiet" role="status">
        {told}
      </span>
    </>
  );
}
