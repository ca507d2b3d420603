// The window on one log: it follows the end, or stands where somebody reads and moves as they scroll.
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';

import { isAborted } from '../api/aborted';
import { asError } from '../api/as-error';
import { pauseWhile } from '../api/pause';
import { useApi } from '../api/use-api';
import { createLogSource, type LogName } from './log-source';
import { appended, type LogWindow, prepended, windowOf } from './log-window';
import type { LogPart, ReadPart } from './read-part';

export interface Log {
  readonly window: LogWindow | undefined;
  readonly error: Error | undefined;
  readonly isFollowing: boolean;
  /** The window reaches the log's end, and nothing will follow. */
  readonly isOver: boolean;
  readonly read: ReadPart;
  follow(isFollowing: boolean): void;
  /** Reads what lies before, or after, the window. */
  earlier(): void;
  later(): void;
  /** Shows the log around this offset. */
  jump(at: number): void;
}

const TAIL_LINES = 2_000;
const STEP_BYTES = 512 * 1024;
const WAIT_S = 20;
const BETWEEN_MS = 250;
const AFTER_FAILURE_MS = 3_000;

interface State {
  readonly window?: LogWindow | undefined;
  readonly isOver: boolean;
  readonly error?: Error | undefined;
}

export function useLog(name: LogName): Log {
  const api = useApi();
  const key = `${name.id} ${name.attempt} ${name.generation}`;
  const read = useMemo(() => createLogSource(api.send, name), [key]);
  const [state, setState] = useState<State>({ isOver: false });
  const [isFollowing, setFollowing] = useState(true);
  const current = useRef(state);
  current.current = state;
  const busy = useRef(false);

  const take = useCallback((window: LogWindow, isOver: boolean) => {
    current.current = { window, isOver };
    setState({ window, isOver });
  }, []);
  const fail = useCallback((error: unknown) => {
    if (!isAborted(error)) setState((old) => ({ ...old, error: asError(error) }));
  }, []);

  useEffect(() => {
    if (!isFollowing) return undefined;
    const ended = new AbortController();
    const { signal } = ended;
    const run = async (): Promise<void> => {
      let window: LogWindow | undefined;
      while (!signal.aborted) {
        let pauseMs = BETWEEN_MS;
        try {
          const part: LogPart = await read(
            window === undefined ? { tail: TAIL_LINES, signal } : { from: window.to, waitS: WAIT_S, signal },
          );
          window = window === undefined ? windowOf(part) : appended(window, part);
          take(window, part.isFinal);
          if (part.isFinal) return;
        } catch (error) {
          if (isAborted(error)) return;
          fail(error);
          pauseMs = AFTER_FAILURE_MS;
        }
        await pauseWhile(pauseMs, signal);
      }
    };
    void run();
    return () => ended.abort();
  }, [key, isFollowing, read]);

  /** One step at a time: a second one would not know of what the first brings. */
  const step = (doing: (window: LogWindow) => Promise<void>): void => {
    const { window } = current.current;
    if (busy.current || window === undefined) return;
    busy.current = true;
    doing(window)
      .catch(fail)
      .finally(() => {
        busy.current = false;
      });
  };
  return {
    window: state.window,
    error: state.error,
    isFollowing,
    isOver: state.isOver,
    read,
    follow: setFollowing,
    earlier: () => {
      step(async (window) => {
        if (window.from === 0) return;
        const from = Math.max(0, window.from - STEP_BYTES);
        const part = await read({ from, most: window.from - from });
        const next = prepended(window, part);
        take(next, current.current.isOver && next.to === window.to);
      });
    },
    later: () => {
      step(async (window) => {
        if (current.current.isOver || isFollowing) return;
        const part = await read({ from: window.to, most: STEP_BYTES });
        take(appended(window, part), part.isFinal);
      });
    },
    jump: (at) => {
      setFollowing(false);
      step(async () => {
        const part = await read({ from: Math.max(0, at - STEP_BYTES / 4), most: STEP_BYTES });
        take(windowOf(part), part.isFinal);
      });
    },
  };
}
