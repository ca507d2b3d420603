// Searches the log on from where the last search ended.
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';

import { bytesInWords } from '../../cli/show/words';
import { isAborted } from '../api/aborted';
import { findInLog } from './find-in-log';
import type { Log } from './use-log';

interface LogSearchProps {
  readonly log: Log;
  readonly onFound: (needle: string, at: number | undefined) => void;
}

export function LogSearch({ log, onFound }: LogSearchProps): JSX.Element {
  const [needle, setNeedle] = useState('');
  const [told, setTold] = useState('');
  const [running, setRunning] = useState<AbortController>();
  const next = useRef(0);
  const search = async (): Promise<void> => {
    const ended = new AbortController();
    setRunning(ended);
    try {
      const found = await findInLog(log.read, needle, next.current, ended.signal, (at) =>
        setTold(`Searched ${bytesInWords(at)} …`),
      );
      if (found.kind === 'found') {
        next.current = found.at + 1;
        setTold(`Found at byte ${found.at.toLocaleString('en-US')}. Search again for the next one.`);
        log.jump(found.at);
        onFound(needle, found.at);
      } else {
        setTold(next.current === 0 ? 'Not found.' : 'No further one. The next search begins anew.');
        next.current = 0;
        onFound(needle, undefined);
      }
    } catch (error) {
      setTold(isAborted(error) ? 'The search was stopped.' : 'The search failed: no answer came.');
    } finally {
      setRunning(undefined);
    }
  };
  return (
    <form
      class="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        if (needle !== '' && running === undefined) void search();
      }}
    >
      <input
        type="search"
        aria-label="Search the log"
        placeholder="Search the log"
        value={needle}
        onInput={({ currentTarget }) => {
          setNeedle(currentTarget.value);
          next.current = 0;
        }}
      />
      {running === undefined ? (
        <button type="submit">Search</button>
      ) : (
        <button type="button" onClick={() => running.abort()}>
          Stop
        </button>
      )}
      <span class="quiet" role="status">
        {told}
      </span>
    </form>
  );
}
