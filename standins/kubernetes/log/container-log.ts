// The log file of one container: what the container runtime writes line by line, and what rotation leaves of it.

/** One entry of the file: a line, or a part of one. */
export interface LogEntry {
  /** Milliseconds since the epoch, and nanoseconds within the millisecond. */
  readonly at: number;
  readonly nanos: number;
  /** With its newline, unless the entry is a part whose line goes on, or the last line lacks one. */
  readonly bytes: Buffer;
}

export interface ContainerLog {
  /** What the program wrote at `at` (milliseconds since the epoch), in any pieces. */
  append(bytes: Buffer, at: number): void;
  /** The program has ended: what it left of a line is written, without a newline. */
  end(at: number): void;
  /** The file as it is read now: the newest one only, as the kubelet reads it. */
  entries(): readonly LogEntry[];
  /** How many bytes the file takes on disk, with what each entry has before its text. */
  fileBytes(): number;
  /** The file is put away and a new one begun. Who follows goes on without a gap; who reads sees the new one alone. */
  rotate(): void;
  /** The file is removed from the node. */
  remove(): void;
  readonly ended: boolean;
  /** Told of each new entry and, once, of the end. Returns how to be told no more. */
  onNews(listener: LogListener): () => void;
}

interface LogListener {
  entry(entry: LogEntry): void;
  end(): void;
}

/** containerd cuts longer lines into entries of this size (its `max_container_log_line_size`). */
const LINE_LIMIT = 16 * 1024;
/** `2026-01-01T00:00:00.000000000Z stdout F ` before, and a newline after, each entry on disk. */
const ENTRY_OVERHEAD = 41;
const NEWLINE = 0x0a;
const NANOS_PER_MS = 1_000_000;
/** How long the writing of one line takes: entries of one millisecond get rising stamps, as from a real clock. */
const NANOS_PER_ENTRY = 997;

/** An empty file. `onGone` is told how many of the first bytes that the program wrote can't be read any more. */
export function createContainerLog(onGone: (bytes: number) => void = () => undefined): ContainerLog {
  let entries: LogEntry[] = [];
  let fileBytes = 0;
  let unfinished: Buffer[] = [];
  let unfinishedBytes = 0;
  let writtenBytes = 0;
  let isRemoved = false;
  let last = { at: 0, nanos: 0 };
  let ended = false;
  const listeners = new Set<LogListener>();

  const write = (bytes: Buffer, now: number): void => {
    last = stampAfter(last, now);
    const entry = { ...last, bytes };
    entries.push(entry);
    fileBytes += bytes.length + ENTRY_OVERHEAD;
    writtenBytes += bytes.length;
    for (const listener of [...listeners]) listener.entry(entry);
  };
  const writeUnfinished = (now: number): void => {
    const bytes = Buffer.concat(unfinished);
    unfinished = [];
    unfinishedBytes = 0;
    write(bytes, now);
  };
  const keep = (bytes: Buffer): void => {
    unfinished.push(bytes);
    unfinishedBytes += bytes.length;
  };

  return {
    append: (bytes, now) => {
      if (isRemoved) {
        writtenBytes += bytes.length;
        onGone(writtenBytes);
        return;
      }
      for (let from = 0; from < bytes.length;) {
        const room = LINE_LIMIT - unfinishedBytes;
        const newline = bytes.subarray(from, from + room + 1).indexOf(NEWLINE);
        if (newline !== -1) {
          keep(bytes.subarray(from, from + newline + 1));
          from += newline + 1;
          writeUnfinished(now);
        } else if (bytes.length - from > room) {
          keep(bytes.subarray(from, from + room));
          from += room;
          writeUnfinished(now);
        } else {
          keep(bytes.subarray(from));
          return;
        }
      }
    },
    end: (now) => {
      if (ended) return;
      if (unfinishedBytes > 0) writeUnfinished(now);
      ended = true;
      for (const listener of [...listeners]) listener.end();
      listeners.clear();
    },
    entries: () => entries,
    fileBytes: () => fileBytes,
    rotate: () => {
      entries = [];
      fileBytes = 0;
      onGone(writtenBytes);
    },
    remove: () => {
      isRemoved = true;
      entries = [];
      writtenBytes += unfinishedBytes;
      unfinished = [];
      unfinishedBytes = 0;
      onGone(writtenBytes);
    },
    get ended() {
      return ended;
    },
    onNews: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** The next instant of a clock that never shows the same nanosecond twice. */
function stampAfter(last: { at: number; nanos: number }, now: number): { at: number; nanos: number } {
  if (now > last.at) return { at: now, nanos: 0 };
  const nanos = last.nanos + NANOS_PER_ENTRY;
  return nanos < NANOS_PER_MS ? { at: last.at, nanos } : { at: last.at + 1, nanos: nanos - NANOS_PER_MS };
}
