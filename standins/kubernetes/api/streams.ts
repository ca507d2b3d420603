// The answers that are under way, so that a stopping server can end them as a real one does: cleanly, without an event.
import type { BodySink, BodyStream } from '../../wire/handler';

export interface Streams {
  /**
   * A body that `start` writes. What `start` returns stops the writing. It is called once: when the receiver has
   * gone, when the server stops, or when the body has ended by itself.
   */
  stream(start: (sink: BodySink) => () => void): BodyStream;
  /** Ends all of them. */
  endAll(): void;
  /** Breaks all of them off: their receivers see no proper end. */
  abortAll(): void;
}

export function createStreams(): Streams {
  const open = new Set<BodySink>();
  const close = (how: 'end' | 'abort'): void => {
    for (const sink of [...open]) sink[how]();
  };
  return {
    stream: (start) => ({
      open: (receiver) => {
        const state: { over: boolean; stop?: () => void } = { over: false };
        const finish = (then: () => void): void => {
          if (state.over) return;
          state.over = true;
          open.delete(sink);
          state.stop?.();
          then();
        };
        const sink: BodySink = {
          write: (chunk) => {
            if (!state.over) receiver.write(chunk);
          },
          end: () => finish(() => receiver.end()),
          abort: () => finish(() => receiver.abort()),
        };
        open.add(sink);
        const stop = start(sink);
        // What ended while it began has nothing to be stopped by yet.
        if (isOver(state)) stop();
        else state.stop = stop;
        return () => finish(() => undefined);
      },
    }),
    endAll: () => close('end'),
    abortAll: () => close('abort'),
  };
}

function isOver({ over }: { readonly over: boolean }): boolean {
  return over;
}
