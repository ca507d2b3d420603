// Where a log's bytes go: to a terminal as text that can't act on it, to anything else byte for byte.
import { createLogText } from '../../client/log-text';
import { isTerminal, type Output } from '../host';
import { createSafeStream } from '../show/terminal-safe';

export interface LogSink {
  write(bytes: Uint8Array): void;
  /** After the last bytes of one log. Another log may follow. */
  end(): void;
}

export function createLogSink(output: Output): LogSink {
  if (!isTerminal(output)) return { write: (bytes) => void output.write(bytes), end: () => undefined };
  let parts:
    { text: ReturnType<typeof createLogText>; safe: ReturnType<typeof createSafeStream> } | undefined;
  return {
    write: (bytes) => {
      parts ??= { text: createLogText(), safe: createSafeStream() };
      output.write(parts.safe.add(parts.text.decode(bytes)));
    },
    end: () => {
      if (parts === undefined) return;
      output.write(`${parts.safe.add(parts.text.end())}${parts.safe.end()}`);
      parts = undefined;
    },
  };
}
