import type { LogWindow } from '../../../domain/logs/log-window';
import type { LogArchive, LogRef } from '../../../domain/ports/log-archive';
import { abandonLogs, type ArchivedLogs, archiveLogs } from '../../../jobs/logs/archive-logs';
import { readLogs } from '../../../jobs/logs/read-logs';
import { createLogArchive } from '../../../storage/logs/blob-log-archive';
import type { LogBlobs } from '../../../storage/logs/log-blobs';
import { newLogRef } from '../../contract/log-archive';
import { ACI_LIMITS, flawIn, withSharedBytes } from '../../support/log-printer';
import { expectedArchive, longLog, looksAt, shown } from '../../support/long-log';
import { memoryLogArchive, MemoryLogBlobs } from '../../support/memory-log-blobs';

/** Counts the requests to storage by kind. */
function counted(blobs: LogBlobs): { blobs: LogBlobs; taken: () => Record<string, number> } {
  let counts: Record<string, number> = {};
  const noted = new Proxy(blobs, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => {
        counts[String(key)] = (counts[String(key)] ?? 0) + 1;
        return Reflect.apply(member, target, args);
      };
    },
  });
  const taken = () => {
    const all = counts;
    counts = {};
    return all;
  };
  return { blobs: noted, taken };
}

function look(
  archive: LogArchive,
  ref: LogRef,
  text: string,
  { whole = true, final = false } = {},
): Promise<ArchivedLogs> {
  const window: LogWindow = { kind: 'window', bytes: Buffer.from(text), whole };
  return archiveLogs({ archive, ref, final, read: () => Promise.resolve(window) });
}

const all = { from: 0, maxBytes: 1_000_000 };

describe('a look at a log', () => {
  it('archives what is new and says how much', async () => {
    const archive = memoryLogArchive();
    const ref = newLogRef();
    expect(await look(archive, ref, 'one\n')).toEqual({ bytes: 4, appended: 4, gaps: 0 });
    expect(await look(archive, ref, 'one\ntwo\n')).toEqual({ bytes: 8, appended: 4, gaps: 0 });
    expect(await look(archive, ref, 'anew\n')).toEqual({ bytes: 13, appended: 5, gaps: 1 });
  });

  it('changes nothing when the platform shows nothing, not even when it was the last look', async () => {
    const archive = memoryLogArchive();
    const ref = newLogRef();
    await look(archive, ref, 'one\n');
    const read = () => Promise.resolve({ kind: 'unavailable', why: 'not yet' } as const);
    const seen = await archiveLogs({ archive, ref, final: true, read });
    expect(seen).toEqual({ bytes: 4, appended: 0, gaps: 0, unavailable: 'not yet' });
    expect((await readLogs(archive, ref, all)).final).toBe(false);
    expect(await look(archive, ref, 'one\ntwo\n', { final: true })).toEqual({
      bytes: 8,
      appended: 4,
      gaps: 0,
    });
  });

  it('costs storage nothing when nothing is new, and one append when something is', async () => {
    const { blobs, taken } = counted(new MemoryLogBlobs());
    const archive = createLogArchive(blobs);
    const ref = newLogRef();
    await look(archive, ref, 'one\n');
    taken();
    await look(archive, ref, 'one\n');
    expect(taken()).toEqual({});
    await look(archive, ref, 'one\ntwo\n');
    expect(taken()).toEqual({ append: 1 });
  });

  it('takes an append for its own that was refused because it had been sent twice', async () => {
    const blobs = new MemoryLogBlobs();
    const ref = newLogRef();
    const append: LogBlobs['append'] = async (...args) => {
      await blobs.append(...args);
      return await blobs.append(...args);
    };
    const resending = new Proxy(blobs, {
      get: (target, key): unknown => {
        const member: unknown = Reflect.get(target, key);
        return key === 'append' ? append : typeof member === 'function' ? member.bind(target) : member;
      },
    });
    let windows = 0;
    const read = () => {
      windows += 1;
      return Promise.resolve({ kind: 'window', bytes: Buffer.from('one\n'), whole: true } as const);
    };
    const seen = await archiveLogs({ archive: createLogArchive(resending), ref, final: false, read });
    expect(seen).toEqual({ bytes: 4, appended: 4, gaps: 0 });
    expect(windows).toBe(1);
    expect((await readLogs(createLogArchive(blobs), ref, all)).bytes.toString()).toBe('one\n');
  });

  it('gives up with an error that says so when others keep writing', async () => {
    const blobs = new MemoryLogBlobs();
    const ref = newLogRef();
    let text = '';
    const read = async (): Promise<LogWindow> => {
      text += 'x';
      await look(createLogArchive(blobs), ref, text);
      return { kind: 'window', bytes: Buffer.from(`${text}y`), whole: true };
    };
    const late = archiveLogs({ archive: createLogArchive(blobs), ref, final: false, read });
    await expect(late).rejects.toThrow(/changed by another writer 8 times/);
  });
});

describe('reading an archived log', () => {
  it('shows each gap once, with the bytes that follow it, and the end when it is final', async () => {
    const archive = memoryLogArchive();
    const ref = newLogRef();
    await look(archive, ref, 'one\n');
    await look(archive, ref, 'new\n');
    const first = await readLogs(archive, ref, { from: 0, maxBytes: 4 });
    expect(first).toMatchObject({ next: 4, gaps: [], final: false });
    const second = await readLogs(archive, ref, { from: 4, maxBytes: 100 });
    expect(second).toMatchObject({ next: 8, gaps: [{ at: 4, kind: 'restarted' }], final: false });
    await abandonLogs(archive, ref, 'The archiving deadline passed.');
    const third = await readLogs(archive, ref, { from: 8, maxBytes: 100 });
    expect(third).toMatchObject({ next: 8, gaps: [{ at: 8, kind: 'unavailable' }], final: true });
  });

  it.each(['', 'one\n'])(
    'keeps out what was fetched before a log of "%s" was abandoned, and every later look that is not the final one',
    async (before) => {
      const blobs = new MemoryLogBlobs();
      const ref = newLogRef();
      const archive = createLogArchive(blobs);
      if (before !== '') await look(archive, ref, before);
      const late = archiveLogs({
        archive: createLogArchive(blobs),
        ref,
        final: false,
        read: async () => {
          await abandonLogs(archive, ref, 'too late');
          return { kind: 'window', bytes: Buffer.from(`${before}two\n`), whole: true };
        },
      });
      expect(await late).toMatchObject({ bytes: before.length, appended: 0, unavailable: 'too late' });
      expect(await look(archive, ref, `${before}two\n`)).toMatchObject({ unavailable: 'too late' });
      expect(await readLogs(archive, ref, all)).toMatchObject({
        next: before.length,
        gaps: [{ at: before.length, kind: 'unavailable' }],
        final: true,
      });
    },
  );

  it('is abandoned once, however often that is repeated', async () => {
    const archive = memoryLogArchive();
    const ref = newLogRef();
    await look(archive, ref, 'one\n');
    await abandonLogs(archive, ref, 'too late');
    expect(await abandonLogs(archive, ref, 'much too late')).toEqual({ bytes: 4, appended: 0, gaps: 1 });
    expect((await readLogs(archive, ref, all)).gaps).toMatchObject([{ why: 'too late' }]);
  });

  it('no longer shows that the end was not to be had once a late writer has brought it', async () => {
    const archive = memoryLogArchive();
    const ref = newLogRef();
    await look(archive, ref, 'one\n');
    expect(await abandonLogs(archive, ref, 'too late')).toMatchObject({ bytes: 4, gaps: 1 });
    expect(await look(archive, ref, 'one\ntwo\n', { final: true })).toEqual({
      bytes: 8,
      appended: 4,
      gaps: 0,
    });
    expect(await readLogs(archive, ref, all)).toMatchObject({ next: 8, gaps: [], final: true });
  });
});

describe('a job that prints 20 MB in two minutes', () => {
  const log = longLog();
  const archivedOf = async (looks: ReturnType<typeof looksAt>) => {
    const archive = memoryLogArchive();
    const ref = newLogRef();
    for (const [i, one] of looks.entries()) {
      const read = () => Promise.resolve(shown(log, one, ACI_LIMITS));
      await archiveLogs({ archive, ref, read, final: i === looks.length - 1 });
    }
    return await readLogs(archive, ref, { from: 0, maxBytes: 2 * log.length });
  };

  it('has a gap in the index wherever no look came before the window had moved on', async () => {
    const looks = looksAt(log, [
      [5, 33],
      [60, 90],
      [95, 119],
    ]);
    const { bytes, gaps, final } = await archivedOf(looks);
    const expected = expectedArchive(log, looks, ACI_LIMITS);
    expect(withSharedBytes(bytes, gaps).equals(expected.bytes)).toBe(true);
    expect(flawIn(bytes, gaps, [log])).toBeUndefined();
    expect(gaps).toHaveLength(expected.holes.length);
    expect(expected.holes.length).toBeGreaterThan(1);
    expect(final).toBe(true);
  });
});
