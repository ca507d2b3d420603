// What the service still shows of a container's output: a window over its last bytes, which is smaller after its end.

/** How much is shown, in bytes and lines. */
export interface LogLimits {
  readonly runningBytes: number;
  readonly endedBytes: number;
  readonly endedLines: number;
}

/**
 * 4 MB while it runs, 16 KB or 1,000 lines after its end (docs/facts/container-instances.md#logs). KB is read as 1,024
 * bytes.
 */
export const ACI_LOG_LIMITS: LogLimits = {
  runningBytes: 4 * 1024 * 1024,
  endedBytes: 16 * 1024,
  endedLines: 1_000,
};

interface LogQuery {
  /** Only the last so many lines. */
  readonly tail?: number;
  /** Begins each line with the time at which its first shown byte was printed. */
  readonly timestamps?: boolean;
}

export interface LogWindow {
  append(bytes: Buffer, at: number): void;
  /** The program has ended. From now on the smaller window applies. */
  end(): void;
  read(query?: LogQuery): string;
}

interface Chunk {
  readonly bytes: Buffer;
  readonly at: number;
}

const NEWLINE = 0x0a;

/**
 * The window moves by the byte, but its edges never cut a character. A character that began before the window is left
 * out. One that the running program has not finished printing is withheld until it is complete. Bytes that are no UTF-8
 * become U+FFFD, as they must in any JSON answer.
 */
export function createLogWindow(limits: LogLimits): LogWindow {
  let chunks: Chunk[] = [];
  let size = 0;
  let ended = false;

  const keepLast = (bytes: number): void => {
    let excess = size - bytes;
    let whole = 0;
    for (const chunk of chunks) {
      if (chunk.bytes.length > excess) break;
      excess -= chunk.bytes.length;
      whole += 1;
    }
    chunks = chunks.slice(whole);
    const [first] = chunks;
    if (excess > 0 && first) chunks[0] = { ...first, bytes: first.bytes.subarray(excess) };
    size = Math.min(size, bytes);
  };

  return {
    append: (bytes, at) => {
      if (bytes.length === 0) return;
      chunks.push({ bytes, at });
      size += bytes.length;
      // Old bytes are dropped many at a time, so that a flood of small pieces doesn't copy the list each time.
      if (size > 2 * limits.runningBytes) keepLast(limits.runningBytes);
    },
    end: () => {
      ended = true;
      keepLast(Math.min(limits.runningBytes, limits.endedBytes));
    },
    read: ({ tail, timestamps } = {}) => {
      const limit = ended ? limits.endedBytes : limits.runningBytes;
      if (size > limit) keepLast(limit);
      const all = Buffer.concat(chunks.map(({ bytes }) => bytes));
      const from = Math.max(
        startOfCharacter(all),
        lastLines(all, ended ? limits.endedLines : Infinity),
        lastLines(all, tail ?? Infinity),
      );
      const to = ended ? all.length : endOfCharacters(all);
      if (timestamps !== true) return all.subarray(from, Math.max(from, to)).toString('utf8');
      return withTimestamps(all, from, Math.max(from, to), chunks);
    },
  };
}

/** Skips the rest of a character whose beginning the window has lost: at most three continuation bytes. */
function startOfCharacter(bytes: Buffer): number {
  let at = 0;
  while (at < 3 && ((bytes[at] ?? 0) & 0b1100_0000) === 0b1000_0000) at += 1;
  return at;
}

/** Where the last complete character ends. */
function endOfCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0b1100_0000) === 0b1000_0000) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Where the last `count` lines begin; a last line without a newline counts. */
function lastLines(bytes: Buffer, count: number): number {
  if (count === Infinity) return 0;
  if (count <= 0) return bytes.length;
  let newline = bytes[bytes.length - 1] === NEWLINE ? bytes.length - 1 : bytes.length;
  for (let lines = 0; lines < count; lines += 1) {
    newline = newline === 0 ? -1 : bytes.lastIndexOf(NEWLINE, newline - 1);
    if (newline === -1) return 0;
  }
  return newline + 1;
}

function withTimestamps(bytes: Buffer, from: number, to: number, chunks: readonly Chunk[]): string {
  let text = '';
  let chunk = 0;
  let chunkEnd = chunks[0]?.bytes.length ?? 0;
  for (let line = from; line < to;) {
    const newline = bytes.indexOf(NEWLINE, line);
    const next = newline === -1 ? to : Math.min(newline + 1, to);
    while (line >= chunkEnd && chunk + 1 < chunks.length) {
      chunk += 1;
      chunkEnd += chunks[chunk]?.bytes.length ?? 0;
    }
    text += `${stamp(chunks[chunk]?.at ?? 0)} ${bytes.subarray(line, next).toString('utf8')}`;
    line = next;
  }
  return text;
}

/** Seven digits of a second, as .NET writes a time and the service shows it. */
function stamp(at: number): string {
  return new Date(at).toISOString().replace('Z', '0000Z');
}
