// A log that a platform gives in portions is archived portion by portion, and closed after the last one only.
import type { LogCursor } from '../../../domain/logs/log-cursor';
import type { LogRead } from '../../../domain/logs/log-read';
import { archiveLogs } from '../../../jobs/logs/archive-logs';
import { readLogs } from '../../../jobs/logs/read-logs';
import { createLogArchive } from '../../../storage/logs/blob-log-archive';
import { newLogRef } from '../../contract/log-archive';
import { dyingAt } from '../../support/logs/dying-blobs';
import { MemoryLogBlobs } from '../../support/memory-log-blobs';

const LOG = Buffer.from('one two three four five six seven eight nine ten');

function scene(portionBytes = 10) {
  const blobs = new MemoryLogBlobs();
  const ref = newLogRef();
  const asked: number[] = [];
  const read = (from: LogCursor | undefined, archived: number): Promise<LogRead> => {
    const begin = Number(from?.position ?? 0);
    asked.push(begin);
    const end = begin + archived + portionBytes;
    return Promise.resolve({
      kind: 'after',
      bytes: LOG.subarray(begin, end),
      position: String(Math.min(end, LOG.length)),
      hasMore: end < LOG.length,
      ...(from === undefined ? { begins: { position: '0' } } : {}),
    });
  };
  return {
    blobs,
    asked,
    look: (over: Partial<Parameters<typeof archiveLogs>[0]> = {}) =>
      archiveLogs({ archive: createLogArchive(blobs), ref, read, final: false, ...over }),
    archived: async () => {
      const { bytes, final } = await readLogs(createLogArchive(blobs), ref, { from: 0, maxBytes: 1_000 });
      return { text: bytes.toString(), final };
    },
  };
}

test('one look takes all portions, each from where the one before ended', async () => {
  const { asked, look, archived } = scene();
  expect(await look()).toEqual({ bytes: LOG.length, appended: LOG.length, gaps: 0 });
  expect(asked).toEqual([0, 10, 20, 30, 40]);
  expect(await archived()).toEqual({ text: LOG.toString(), final: false });
});

test('a look that has no more time says so, and the next one goes on', async () => {
  const { asked, look, archived } = scene();
  expect(await look({ mayGoOn: () => false })).toEqual({ bytes: 10, appended: 10, gaps: 0, hasMore: true });
  await look();
  expect(asked).toEqual([0, 10, 20, 30, 40]);
  expect(await archived()).toEqual({ text: LOG.toString(), final: false });
});

test('the final look closes the log after its last portion, not before', async () => {
  const { look, archived } = scene();
  expect(await look({ final: true, mayGoOn: () => false })).toMatchObject({ bytes: 10, hasMore: true });
  expect((await archived()).final).toBe(false);
  await look({ final: true });
  expect(await archived()).toEqual({ text: LOG.toString(), final: true });
});

test('the final look asks once more after an answer that seems the last, because it may have broken off', async () => {
  const { asked, look, archived } = scene(LOG.length);
  const broken = (from: LogCursor | undefined): Promise<LogRead> => {
    asked.push(from?.at ?? 0);
    const begin = Number(from?.position ?? 0);
    const end = begin === 0 ? 13 : LOG.length;
    return Promise.resolve({
      kind: 'after',
      bytes: LOG.subarray(begin, end),
      position: String(end),
      hasMore: false,
      ...(from === undefined ? { begins: { position: '0' } } : {}),
    });
  };
  await look({ read: broken, final: true });
  expect(asked).toEqual([0, 13]);
  expect(await archived()).toEqual({ text: LOG.toString(), final: true });
});

test('a writer that dies between a portion and its cursor: the next one goes beyond what is archived', async () => {
  const { blobs, asked, look, archived } = scene();
  const dying = createLogArchive(dyingAt(blobs, { write: 'append', nth: 1, when: 'after' }));
  await expect(look({ archive: dying })).rejects.toThrow('died');
  await look();
  expect(asked).toEqual([0, 10, 10, 30, 40]);
  expect((await archived()).text).toBe(LOG.toString());
});

test('a backend that has more and gives nothing is a defect that is named', async () => {
  const { look } = scene();
  const stuck = (): Promise<LogRead> =>
    Promise.resolve({
      kind: 'after',
      bytes: Buffer.alloc(0),
      position: '0',
      hasMore: true,
      begins: { position: '0' },
    });
  await expect(look({ read: stuck })).rejects.toThrow('a portion must go beyond what is archived');
});
