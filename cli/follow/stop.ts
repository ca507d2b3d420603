// What Ctrl-C does while a job is followed: on a terminal it asks, elsewhere it stops.
import type { Host } from '../host';

export interface StopOptions {
  readonly host: Pick<Host, 'onInterrupt' | 'onKeys'>;
  /** Shows the question; undefined takes it back. */
  readonly ask: (question: string | undefined) => void;
  /** Asks for the job's end; following goes on until it is over. */
  readonly cancel: () => void;
}

export interface Stop {
  /** Aborted when the user wants to follow no longer. */
  readonly signal: AbortSignal;
  /** Gives the keyboard and Ctrl-C back. */
  dispose(): void;
}

export const QUESTION = 'Cancel the job [c], only stop watching [s], or go on [g]?';
const CTRL_C = '\u0003';

/**
 * The first Ctrl-C asks. A second one, or any without a terminal to ask on, stops at once. The job goes on unless it is
 * canceled.
 */
export function stopOnInterrupt({ host, ask, cancel }: StopOptions): Stop {
  const controller = new AbortController();
  let giveBackKeys: (() => void) | undefined;
  const closeQuestion = (): void => {
    giveBackKeys?.();
    giveBackKeys = undefined;
    ask(undefined);
  };
  const stop = (): void => {
    if (giveBackKeys !== undefined) closeQuestion();
    controller.abort(new StoppedWatching());
  };
  const answer = (key: string): void => {
    switch (key.toLowerCase()) {
      case 'c':
        closeQuestion();
        cancel();
        return;
      case 'g':
        closeQuestion();
        return;
      case 's':
      case 'q':
      case '\r':
      case '\n':
      case CTRL_C:
        stop();
        return;
      default: // Any other key: the question stands.
    }
  };
  const offInterrupt = host.onInterrupt(() => {
    if (host.onKeys === undefined || giveBackKeys !== undefined) {
      stop();
      return;
    }
    giveBackKeys = host.onKeys(answer);
    ask(QUESTION);
  });
  return {
    signal: controller.signal,
    dispose: () => {
      offInterrupt();
      giveBackKeys?.();
      giveBackKeys = undefined;
    },
  };
}

/** Why following ended before the job did. */
export class StoppedWatching extends Error {
  override name = 'StoppedWatching';
}
