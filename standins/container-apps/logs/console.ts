// The lines that a container printed, with the time of each, as a container runtime keeps them.

export interface ConsoleLine {
  readonly at: number;
  readonly text: string;
  /** False: the line goes on in the next one, because it is longer than the runtime keeps in one. */
  readonly isFull: boolean;
}

export interface Console {
  append(bytes: Buffer, at: number): void;
  /** The program has ended: a last line without a line feed is one all the same. */
  end(at: number): void;
  /** The last so many complete lines. */
  tail(count: number): readonly ConsoleLine[];
  readonly ended: boolean;
  /** Called for each line to come; what it returns stops that. */
  follow(onLine: (line: ConsoleLine) => void, onEnd: () => void): () => void;
}

/** A container runtime splits longer lines: containerd's default (docs/facts/container-apps.md#lines-of-the-stream). */
const LONGEST_LINE = 16_384;
/** How many lines are kept. A client can ask for the last 300. */
const KEPT_LINES = 1_000;
const NEWLINE = 0x0a;

/** `onLine` gets every complete line, too. */
export function createConsole(onLine: (line: ConsoleLine) => void): Console {
  let open: Buffer = Buffer.alloc(0);
  let openSince = 0;
  let ended = false;
  const lines: ConsoleLine[] = [];
  const followers = new Set<{ onLine: (line: ConsoleLine) => void; onEnd: () => void }>();

  const add = (bytes: Buffer, isFull: boolean): void => {
    const line: ConsoleLine = { at: openSince, text: bytes.toString('utf8'), isFull };
    lines.push(line);
    if (lines.length > 2 * KEPT_LINES) lines.splice(0, lines.length - KEPT_LINES);
    onLine(line);
    for (const follower of followers) follower.onLine(line);
  };

  const takeLines = (at: number): void => {
    for (;;) {
      const newline = open.indexOf(NEWLINE);
      if (newline === -1 && open.length <= LONGEST_LINE) return;
      const isFull = newline !== -1 && newline <= LONGEST_LINE;
      add(open.subarray(0, isFull ? newline : LONGEST_LINE), isFull);
      open = open.subarray(isFull ? newline + 1 : LONGEST_LINE);
      openSince = at;
    }
  };

  return {
    append: (bytes, at) => {
      if (open.length === 0) openSince = at;
      open = Buffer.concat([open, bytes]);
      takeLines(at);
    },
    end: () => {
      if (open.length > 0) add(open, true);
      open = Buffer.alloc(0);
      ended = true;
      for (const follower of followers) follower.onEnd();
      followers.clear();
    },
    tail: (count) => (count <= 0 ? [] : lines.slice(-Math.min(count, KEPT_LINES))),
    get ended() {
      return ended;
    },
    follow: (onNext, onEnd) => {
      const follower = { onLine: onNext, onEnd };
      followers.add(follower);
      return () => void followers.delete(follower);
    },
  };
}
