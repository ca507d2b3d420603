import { createHash } from 'node:crypto';

import fc from 'fast-check';

import type { Gap } from '../../../domain/logs/log-index';
import type { LogWindow, WindowLimits } from '../../../domain/logs/log-window';
import { archiveLogs } from '../../../jobs/logs/archive-logs';
import { readLogs } from '../../../jobs/logs/read-logs';
import { createLogArchive } from '../../../storage/logs/blob-log-archive';
import { newLogRef } from '../../contract/log-archive';
import { flawIn, piecesOf, windowOn } from '../../support/log-printer';
import { Died, disturbed, faults } from '../../support/logs/disturbed-blobs';
import { MemoryLogBlobs } from '../../support/memory-log-blobs';

/** Text that never repeats itself, printed in units of 10 bytes; no window ever begins where another ends. */
const PRINTED = Buffer.from(
  Array.from({ length: 400 }, (_, i) =>
    createHash('sha256').update(String(i)).digest('base64').slice(0, 10),
  ).join(''),
);
const LIMITS: WindowLimits = { running: 405, ended: { atLeast: 65, atMost: 65, lines: 100 } };

describe('two writers of one log, one of them late', () => {
  it('archive each byte once, in order, and every hole and no other place is marked', async () => {
    let holes = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.tuple(fc.nat(80), faults), { maxLength: 3 }),
        async (scheduler, steps, planned) => {
          const turn = () => scheduler.schedule(Promise.resolve());
          const blobs = new MemoryLogBlobs();
          const ref = newLogRef();
          let requests = 0;
          let seen = 0;
          const next = () => {
            requests += 1;
            return planned.find(([at]) => at === requests - 1)?.[1];
          };
          const shown = async (): Promise<LogWindow> => {
            await turn();
            const window = windowOn(PRINTED.subarray(0, seen), false, LIMITS);
            await turn();
            return window;
          };
          const program = async () => {
            for (const step of steps) {
              await turn();
              seen = Math.min(PRINTED.length, seen + step * 10);
            }
          };
          const writer = async () => {
            const archive = createLogArchive(disturbed(blobs, turn, next), { blocks: 3 });
            for (let look = 0; look < 4; look += 1) {
              try {
                await archiveLogs({ archive, ref, read: shown, final: false });
              } catch (error) {
                if (error instanceof Died) return;
              }
            }
          };
          /** Whatever a reader sees at any moment is true at that moment. */
          const reader = async () => {
            const archive = createLogArchive(disturbed(blobs, turn, () => undefined));
            for (let look = 0; look < 3; look += 1)
              judge(await readLogs(archive, ref, { from: 0, maxBytes: 10_000 }));
          };
          await scheduler.waitFor(Promise.all([program(), writer(), writer(), reader()]));

          const archive = createLogArchive(blobs);
          const last = await archiveLogs({
            archive,
            ref,
            read: () => Promise.resolve(windowOn(PRINTED.subarray(0, seen), false, LIMITS)),
            final: true,
          });
          const read = await readLogs(archive, ref, { from: 0, maxBytes: 10_000 });
          judge(read);
          expect(read.final).toBe(true);
          expect(read.bytes.length).toBe(last.bytes);
          expect(read.bytes.subarray(-10)).toEqual(PRINTED.subarray(Math.max(0, seen - 10), seen));
          holes += read.gaps.some(({ kind }) => kind === 'missing') ? 1 : 0;
        },
      ),
      { numRuns: 400 },
    );
    expect(holes).toBeGreaterThan(0);
  });
});

/** Nothing out of order, nothing twice, no unmarked hole, and no hole claimed where the text goes on. */
function judge({ bytes, gaps }: { bytes: Buffer; gaps: readonly Gap[] }): void {
  expect(flawIn(bytes, gaps, [PRINTED])).toBeUndefined();
  let end = 0;
  for (const piece of piecesOf(bytes, gaps)) {
    const at = PRINTED.indexOf(piece.bytes, end);
    const claimed = gaps.some((gap) => gap.at === piece.at && gap.kind === 'missing');
    if (claimed && piece.bytes.length > 0) expect(at).toBeGreaterThan(end);
    end = at + piece.bytes.length;
  }
}
