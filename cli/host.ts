// What gpujobs needs of the machine it runs on, so that tests can give it another one.
import { type Clock, systemClock } from '../domain/ports/clock';

/** A standard stream to write to. */
export interface Output {
  write(chunk: string | Uint8Array): unknown;
  readonly isTTY?: boolean;
  /** Width and height of the terminal. */
  readonly columns?: number;
  readonly rows?: number;
}

interface Input extends AsyncIterable<Uint8Array | string> {
  readonly isTTY?: boolean;
}

/** What log-update does. */
export interface LiveLines {
  (text: string): void;
  /** Takes the lines away, so that something else can be written in their place. */
  clear(): void;
  /** Lets the lines stand, and shows the cursor again. */
  done(): void;
}

export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly clock: Clock;
  /** Default: the machine's own. */
  readonly fetch?: typeof fetch;
  /** Lines at the bottom of the terminal that are drawn over themselves; undefined where standard error is none. */
  readonly live: (() => Promise<LiveLines>) | undefined;
  /** Calls `handler` at each Ctrl-C until the returned function is called. */
  readonly onInterrupt: (handler: () => void) => () => void;
  /**
   * Gives single keys to `handler`, without waiting for Enter, until the returned function is called. Undefined where
   * there is no terminal.
   */
  readonly onKeys: ((handler: (key: string) => void) => () => void) | undefined;
}

/** This process. */
export function createProcessHost(): Host {
  const { stdin, stdout, stderr, env } = process;
  return {
    env,
    stdin,
    stdout,
    stderr,
    clock: systemClock,
    live: isTerminal(stderr) ? async () => (await import('log-update')).createLogUpdate(stderr) : undefined,
    onInterrupt: (handler) => {
      process.on('SIGINT', handler);
      return () => void process.removeListener('SIGINT', handler);
    },
    // A stream that is no terminal has no isTTY at all, whatever its type says.
    onKeys: isTerminal(stdin) && isTerminal(stderr) ? keysOf(stdin) : undefined,
  };
}

/** Whether the stream is a terminal. */
export function isTerminal(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true;
}

function keysOf(stdin: NodeJS.ReadStream): Host['onKeys'] {
  return (handler) => {
    const onData = (chunk: Buffer): void => handler(chunk.toString('utf8'));
    stdin.setRawMode(true);
    stdin.on('data', onData).resume();
    return () => {
      stdin.removeListener('data', onData).pause();
      stdin.setRawMode(false);
    };
  };
}
