// A container's log served by position, its archive, and looks, each by a process of its own.
import type { LogCursor } from '../../../domain/logs/log-cursor';
import type { LogRead } from '../../../domain/logs/log-read';
import { archiveLogs } from '../../../jobs/logs/archive-logs';
import { readLogs } from '../../../jobs/logs/read-logs';
import { createLogArchive } from '../../../storage/logs/blob-log-archive';
import { newLogRef } from '../../contract/log-archive';
import { MemoryLogBlobs } from '../memory-log-blobs';
import { type Death, dyingAt } from './dying-blobs';
import { type Keeps, PlatformLog } from './platform-log';
import { readAfter } from './positional-reads';

/** Nanoseconds since the epoch. */
const START = BigInt(Date.UTC(2026, 0, 1)) * 1_000_000n;
const MS = 1_000_000n;

export interface PositionalScene {
  readonly log: PlatformLog;
  readonly blobs: MemoryLogBlobs;
  readonly print: (text: string, atMs?: number) => void;
  /** One look by a process of its own; `diesAt`: its write after which it does nothing more. */
  readonly look: (how?: { diesAt?: Death; final?: boolean }) => Promise<void>;
  /** The cursors that the platform was asked from. */
  readonly asked: (LogCursor | undefined)[];
  /** The archive's text, with each gap in its place as `[kind]`. */
  readonly archived: () => Promise<string>;
}

export function positionalScene(keeps: Partial<Keeps> = {}): PositionalScene {
  const log = new PlatformLog(keeps);
  const blobs = new MemoryLogBlobs();
  const ref = newLogRef();
  const asked: (LogCursor | undefined)[] = [];
  const read = (from: LogCursor | undefined): Promise<LogRead> => {
    asked.push(from);
    return Promise.resolve(readAfter(log, from));
  };
  return {
    log,
    blobs,
    asked,
    print: (text, atMs = 0) => log.print(START + BigInt(atMs) * MS, text),
    look: async ({ diesAt, final = false } = {}) => {
      const archive = createLogArchive(diesAt === undefined ? blobs : dyingAt(blobs, diesAt));
      const looked = archiveLogs({ archive, ref, read, final });
      if (diesAt === undefined) await looked;
      else await expect(looked).rejects.toThrow('died');
    },
    archived: async () => {
      const { bytes, gaps } = await readLogs(createLogArchive(blobs), ref, { from: 0, maxBytes: 10_000_000 });
      const parts = gaps.map(
        ({ at, kind }, i) => `[${kind}]${bytes.subarray(at, gaps[i + 1]?.at).toString()}`,
      );
      return bytes.subarray(0, gaps[0]?.at).toString() + parts.join('');
    },
  };
}
