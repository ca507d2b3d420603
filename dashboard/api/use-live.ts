// Data that stays fresh: loaded, then again and again while somebody looks.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

import { isAborted } from './aborted';
import { asError } from './as-error';
import { pauseWhile } from './pause';

export interface Live<T> {
  /** The latest answer. It stays while the next one loads, and when that fails. */
  readonly value: T | undefined;
  /** Why the latest request failed; undefined when it did not. */
  readonly error: Error | undefined;
  /** Loads at once. */
  readonly refresh: () => void;
}

/**
 * Calls `load` at once, when `key` changes and `everyMs` after each answer. In the background it waits until the page
 * is seen again. What `load` was doing is aborted when the component leaves or `key` changes.
 */
export function useLive<T>(load: (signal: AbortSignal) => Promise<T>, everyMs: number, key: string): Live<T> {
  const [state, setState] = useState<{ key: string; value: T | undefined; error: Error | undefined }>();
  const [turn, setTurn] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    const ended = new AbortController();
    const run = async (): Promise<void> => {
      const isEnded = (): boolean => ended.signal.aborted;
      while (!isEnded()) {
        try {
          const value = await latest.current(ended.signal);
          if (!isEnded()) setState({ key, value, error: undefined });
        } catch (error) {
          if (isAborted(error) || isEnded()) return;
          setState((old) => ({
            key,
            value: old?.key === key ? old.value : undefined,
            error: asError(error),
          }));
        }
        await pauseWhile(everyMs, ended.signal);
      }
    };
    void run();
    return () => ended.abort();
  }, [key, turn]);
  const refresh = useCallback(() => setTurn((n) => n + 1), []);
  const current = state?.key === key ? state : undefined;
  return { value: current?.value, error: current?.error, refresh };
}
