// Two writers of a log served by position, which die, are late or get late answers: each byte is archived once and each
// hole marked.
import { createHash } from 'node:crypto';

import fc from 'fast-check';

import type { Gap } from '../../../domain/logs/log-index';
import { archiveLogs } from '../../../jobs/logs/archive-logs';
import { readLogs } from '../../../jobs/logs/read-logs';
import { createLogArchive } from '../../../storage/logs/blob-log-archive';
import { newLogRef } from '../../contract/log-archive';
import { flawIn, piecesOf } from '../../support/log-printer';
import { Died, disturbed, type Fault, faults } from '../../support/logs/disturbed-blobs';
import { type Keeps, PlatformLog } from '../../support/logs/platform-log';
import { readAfter } from '../../support/logs/positional-reads';
import { MemoryLogBlobs } from '../../support/memory-log-blobs';

/** What the program and its platform do next: print so many lines after a time, or start again. */
type Doing = { readonly print: readonly string[]; readonly afterMs: number } | 'restart';

interface Run {
  readonly doings: readonly Doing[];
  /** What goes wrong at which request to storage. Requests are counted from 0 over both writers. */
  readonly planned: readonly (readonly [number, Fault])[];
  readonly keeps: Partial<Keeps>;
}

interface Archived {
  readonly bytes: Buffer;
  readonly gaps: readonly Gap[];
  /** All that each start of the container printed. */
  readonly printed: readonly Buffer[];
  /** How often text was read that was archived already. */
  readonly repeated: number;
}

/** Lets both writers look while the program prints. Then a third one looks for the last time. */
async function archivedBy(scheduler: fc.Scheduler, { doings, planned, keeps }: Run): Promise<Archived> {
  const turn = (): Promise<void> => scheduler.schedule(Promise.resolve());
  const log = new PlatformLog(keeps);
  const blobs = new MemoryLogBlobs();
  const ref = newLogRef();
  let requests = 0;
  let repeated = 0;
  const nextFault = (): Fault | undefined => {
    requests += 1;
    return planned.find(([at]) => at === requests - 1)?.[1];
  };
  const program = async (): Promise<void> => {
    let at = BigInt(Date.UTC(2026, 0, 1)) * 1_000_000n;
    for (const doing of doings) {
      await turn();
      if (doing === 'restart') log.restart();
      else {
        at += BigInt(doing.afterMs) * 1_000_000n;
        log.print(at, doing.print.join(''));
      }
    }
  };
  const writer = async (): Promise<void> => {
    const archive = createLogArchive(disturbed(blobs, turn, nextFault), { blocks: 4 });
    const read: Parameters<typeof archiveLogs>[0]['read'] = async (from) => {
      await turn();
      const shown = readAfter(log, from);
      const { length } = await createLogArchive(blobs).end(ref, 'fresh');
      if (from !== undefined && from.at < length) repeated += 1;
      await turn();
      return shown;
    };
    for (let look = 0; look < 4; look += 1) {
      try {
        await archiveLogs({ archive, ref, read, final: false });
      } catch (error) {
        if (error instanceof Died) return;
      }
    }
  };
  await scheduler.waitFor(Promise.all([program(), writer(), writer()]));
  const archive = createLogArchive(blobs);
  await archiveLogs({ archive, ref, read: (from) => Promise.resolve(readAfter(log, from)), final: true });
  const { bytes, gaps, final } = await readLogs(archive, ref, { from: 0, maxBytes: 100_000 });
  expect(final).toBe(true);
  return { bytes, gaps, printed: log.printed, repeated };
}

const planned = fc.array(fc.tuple(fc.nat(60), faults), { maxLength: 4 });
const afterMs = fc.constantFrom(0, 0, 1, 300, 1_000);
const digits = fc.constantFrom(0, 3, 9);

describe('a log of lines that repeat themselves, none of which is ever dropped', () => {
  const print = fc.array(fc.constantFrom('tick\n', 'tick\n', '\n', 'ti', 'ck\n'), {
    minLength: 1,
    maxLength: 4,
  });
  const doing = fc.oneof(
    { weight: 5, arbitrary: fc.record({ print, afterMs }) },
    { weight: 1, arbitrary: fc.constant<Doing>('restart') },
  );

  it('is archived exactly, each start for itself, and gaps are where it was started again', async () => {
    let restarted = 0;
    let repeated = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(doing, { minLength: 1, maxLength: 12 }),
        planned,
        digits,
        async (scheduler, doings, faulty, ofSecond) => {
          const run = { doings, planned: faulty, keeps: { digits: ofSecond } };
          const archived = await archivedBy(scheduler, run);
          const { bytes, gaps, printed } = archived;
          expect(gaps.every(({ kind }) => kind === 'restarted')).toBe(true);
          const pieces = piecesOf(bytes, gaps).map((piece) => piece.bytes);
          expect(pieces.at(-1)?.equals(printed.at(-1) ?? Buffer.alloc(0))).toBe(true);
          // Each piece is the beginning of one start's text, and pieces keep the order of the starts. A start that no
          // read met has none.
          expect(pieces.length).toBeLessThanOrEqual(printed.length);
          let start = 0;
          for (const piece of pieces) {
            while (start < printed.length && !printed[start]?.subarray(0, piece.length).equals(piece))
              start += 1;
            expect(start).toBeLessThan(printed.length);
            start += 1;
          }
          if (printed.length === 1) expect(gaps).toEqual([]);
          restarted += gaps.length;
          repeated += archived.repeated;
        },
      ),
      { numRuns: 500 },
    );
    expect(restarted).toBeGreaterThan(0);
    expect(repeated).toBeGreaterThan(0);
  });
});

describe('a log whose old lines are dropped', () => {
  /** 60 bytes that no other line has. */
  const line = (i: number): string =>
    `${createHash('sha512').update(String(i)).digest('base64').slice(0, 59)}\n`;
  const doing = fc.oneof(
    { weight: 6, arbitrary: fc.record({ lines: fc.integer({ min: 1, max: 5 }), afterMs }) },
    { weight: 1, arbitrary: fc.constant('restart' as const) },
  );

  it('is archived in order, nothing twice, and every hole and the end are marked', async () => {
    const kinds = new Set<Gap['kind']>();
    let whole = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(doing, { minLength: 1, maxLength: 12 }),
        planned,
        digits,
        async (scheduler, wishes, faulty, ofSecond) => {
          let made = 0;
          const doings = wishes.map((wish): Doing => {
            if (wish === 'restart') return wish;
            const print = Array.from({ length: wish.lines }, () => line((made += 1)));
            return { print, afterMs: wish.afterMs };
          });
          const run = { doings, planned: faulty, keeps: { digits: ofSecond, least: 300, most: 600 } };
          const { bytes, gaps, printed } = await archivedBy(scheduler, run);
          expect(flawIn(bytes, gaps, printed)).toBeUndefined();
          // Each line is printed once, so that an end that fits is the end.
          const last = printed.at(-1) ?? Buffer.alloc(0);
          const piece = piecesOf(bytes, gaps).at(-1)?.bytes ?? Buffer.alloc(0);
          expect(
            last.subarray(-Math.min(60, last.length)).equals(piece.subarray(-Math.min(60, last.length))),
          ).toBe(true);
          for (const { kind } of gaps) kinds.add(kind);
          if (gaps.length === 0) whole += 1;
          if (gaps.length === 0 && printed.length === 1) expect(bytes.equals(last)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
    expect([...kinds].sort()).toEqual(['missing', 'not-provable', 'restarted']);
    expect(whole).toBeGreaterThan(50);
  });
});
