// What a request for a container's log is answered with: the options of `pods/log`, as the kubelet applies them.

import type { ContainerLog, LogEntry } from './container-log';
import { stamp } from './stamp';

/** Options of one request, checked. */
export interface LogOptions {
  /** Entries from this instant on, milliseconds since the epoch. */
  readonly since?: number;
  /** Only the last so many entries of the file: of a long line that is its last part. */
  readonly tailLines?: number;
  /** The answer ends after so many bytes, timestamps included, in the middle of a line if need be. */
  readonly limitBytes?: number;
  /** Each line begins with its time and a space. */
  readonly timestamps: boolean;
}

/** Where the pieces of an answer that goes on are put. */
export interface LogSink {
  write(chunk: Buffer): void;
  end(): void;
}

/** All that the options ask of the log as it is now. */
export function readLog(log: Pick<ContainerLog, 'entries'>, options: LogOptions): Buffer {
  const writer = createWriter(options);
  const parts: Buffer[] = [];
  for (const entry of chosen(log, options)) {
    if (writer.full()) break;
    parts.push(...writer.render(entry));
  }
  return Buffer.concat(parts);
}

/**
 * Writes what there is, then what comes, until the container has ended or the limit is reached. Returns how to stop
 * before that.
 */
export function followLog(log: ContainerLog, options: LogOptions, sink: LogSink): () => void {
  const writer = createWriter(options);
  let stop: () => void = () => undefined;
  const write = (entry: LogEntry): void => {
    for (const bytes of writer.render(entry)) sink.write(bytes);
    if (!writer.full()) return;
    stop();
    sink.end();
  };
  for (const entry of chosen(log, options)) {
    write(entry);
    if (writer.full()) return stop;
  }
  if (log.ended) sink.end();
  else stop = log.onNews({ entry: write, end: () => sink.end() });
  return () => stop();
}

function chosen(log: Pick<ContainerLog, 'entries'>, { tailLines }: LogOptions): readonly LogEntry[] {
  const entries = log.entries();
  return tailLines === undefined ? entries : entries.slice(Math.max(0, entries.length - tailLines));
}

const NEWLINE = 0x0a;

interface Writer {
  render(entry: LogEntry): readonly Buffer[];
  /** Whether the limit is reached. */
  full(): boolean;
}

function createWriter({ since = -Infinity, limitBytes = Infinity, timestamps }: LogOptions): Writer {
  let room = limitBytes;
  let atLineStart = true;
  const fitting = (bytes: Buffer): Buffer => {
    const part = bytes.length > room ? bytes.subarray(0, room) : bytes;
    room -= part.length;
    return part;
  };
  return {
    render: (entry) => {
      const begins = atLineStart;
      atLineStart = entry.bytes.at(-1) === NEWLINE;
      if (entry.at < since) return [];
      const parts = timestamps && begins ? [Buffer.from(`${stamp(entry)} `), entry.bytes] : [entry.bytes];
      return parts.map(fitting).filter(({ length }) => length > 0);
    },
    full: () => room === 0,
  };
}
