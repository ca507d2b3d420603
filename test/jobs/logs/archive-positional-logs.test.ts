// Logs that a platform serves from a position on: each byte is archived once, whichever process dies, and each hole is
// marked.
import type { LogCursor } from '../../../domain/logs/log-cursor';
import type { LogRead } from '../../../domain/logs/log-read';
import type { LogArchive } from '../../../domain/ports/log-archive';
import { abandonLogs, archiveLogs } from '../../../jobs/logs/archive-logs';
import { readLogs } from '../../../jobs/logs/read-logs';
import { createLogArchive } from '../../../storage/logs/blob-log-archive';
import { newLogRef } from '../../contract/log-archive';
import { type Death, dyingAt } from '../../support/logs/dying-blobs';
import { PlatformLog } from '../../support/logs/platform-log';
import { readAfter } from '../../support/logs/positional-reads';
import { positionalScene } from '../../support/logs/positional-scene';
import { MemoryLogBlobs } from '../../support/memory-log-blobs';

const START = BigInt(Date.UTC(2026, 0, 1)) * 1_000_000n;
const LINE = 'epoch done\n';

describe('lines of one time', () => {
  it.each([0, 9])(
    'are archived once each, by looks between them, with %d digits of a second',
    async (digits) => {
      const { print, look, archived } = positionalScene({ digits });
      for (let i = 0; i < 5; i += 1) {
        print(LINE, 100);
        await look();
      }
      print(`${LINE}${LINE}`, 700);
      await look({ final: true });
      expect(await archived()).toBe(LINE.repeat(7));
    },
  );

  it('may be ended later, a few bytes at a time', async () => {
    const { print, look, archived } = positionalScene();
    for (const part of ['half', ' a ', 'line', '\nand', ' more']) {
      print(part);
      await look();
    }
    expect(await archived()).toBe('half a line\nand more');
  });
});

describe('a writer that dies', () => {
  it.each<[string, Death, string | undefined]>([
    ['before its append', { write: 'append', nth: 0, when: 'before' }, LINE],
    ['after its append, before the cursor', { write: 'append', nth: 0, when: 'after' }, LINE + LINE],
    ['after the cursor', { write: 'mark', nth: 0, when: 'after' }, LINE + LINE],
  ])('%s: the next one archives the rest, nothing twice', async (_, diesAt, before) => {
    const { print, look, archived, asked } = positionalScene();
    print(LINE);
    await look();
    print(LINE);
    await look({ diesAt });
    expect(await archived()).toBe(before);
    print(LINE);
    await look();
    expect(await archived()).toBe(LINE.repeat(3));
    print(LINE);
    await look();
    expect(await archived()).toBe(LINE.repeat(4));
    expect(asked.at(-1)?.at).toBe(3 * LINE.length);
  });

  it('before any cursor after its first bytes: the next one goes on', async () => {
    const { print, look, archived } = positionalScene();
    print(LINE);
    await look({ diesAt: { write: 'append', nth: 0, when: 'after' } });
    print(LINE);
    await look();
    expect(await archived()).toBe(LINE + LINE);
  });

  it('in the middle of a text of many blocks: the next one archives the rest', async () => {
    const { print, look, archived } = positionalScene();
    const long = `${'x'.repeat(5_000_000)}\n`;
    print(long);
    await look({ diesAt: { write: 'append', nth: 0, when: 'after' } });
    print(LINE);
    await look();
    expect((await archived()) === long + LINE).toBe(true);
  });

  it('and nothing more is printed: the next one brings the cursor up to date once, then costs nothing', async () => {
    const { print, look, asked } = positionalScene();
    print(LINE);
    await look({ diesAt: { write: 'append', nth: 0, when: 'after' } });
    await look();
    await look();
    await look();
    expect(asked.map((from) => from?.at)).toEqual([undefined, 0, LINE.length, LINE.length]);
  });
});

describe('a container that was started again', () => {
  it('begins a new text, which is archived although it is the same', async () => {
    const { log, print, look, archived } = positionalScene();
    print(LINE);
    await look();
    log.restart();
    print(LINE);
    await look();
    print(LINE);
    await look();
    expect(await archived()).toBe(`${LINE}[restarted]${LINE}${LINE}`);
  });

  it.each<[string, Death]>([
    ['the mark of the gap', { write: 'mark', nth: 0, when: 'after' }],
    ['the entry of the gap', { write: 'writeText', nth: 0, when: 'after' }],
    ['the append', { write: 'append', nth: 0, when: 'after' }],
    ['the cursor', { write: 'mark', nth: 1, when: 'after' }],
  ])('and whose writer died after %s, is archived once', async (_, diesAt) => {
    const { log, print, look, archived } = positionalScene();
    print(LINE);
    await look();
    log.restart();
    print(LINE);
    await look({ diesAt });
    print(LINE);
    await look();
    expect(await archived()).toBe(`${LINE}[restarted]${LINE}${LINE}`);
  });

  it('twice, with a death in between, keeps the same text of all three apart', async () => {
    const { log, print, look, archived } = positionalScene();
    print(LINE);
    await look({ diesAt: { write: 'append', nth: 0, when: 'after' } });
    log.restart();
    print(LINE);
    await look({ diesAt: { write: 'append', nth: 0, when: 'after' } });
    log.restart();
    print(`${LINE}end\n`);
    await look({ final: true });
    expect(await archived()).toBe(`${LINE}[restarted]${LINE}[restarted]${LINE}end\n`);
  });
});

describe('two writers', () => {
  it('of whom one is late: it reads again from where the other has come', async () => {
    const { blobs, log, print, archived } = positionalScene();
    const ref = newLogRef();
    print(LINE);
    const other: LogArchive = createLogArchive(blobs);
    let asked = 0;
    const read = async (from: LogCursor | undefined): Promise<LogRead> => {
      const shown = readAfter(log, from);
      if ((asked += 1) === 1) {
        await archiveLogs({
          archive: other,
          ref,
          read: (at) => Promise.resolve(readAfter(log, at)),
          final: false,
        });
        print(LINE);
      }
      return shown;
    };
    const late = await archiveLogs({ archive: createLogArchive(blobs), ref, read, final: false });
    expect([asked, late]).toEqual([2, { bytes: 2 * LINE.length, appended: 2 * LINE.length, gaps: 0 }]);
    expect(await archived()).toBe('');
    const { bytes } = await readLogs(other, ref, { from: 0, maxBytes: 1_000 });
    expect(bytes.toString()).toBe(LINE + LINE);
  });
});

describe('the last look', () => {
  it('goes on at the cursor although the log was abandoned meanwhile', async () => {
    const blobs = new MemoryLogBlobs();
    const ref = newLogRef();
    const log = new PlatformLog();
    const read = (from: LogCursor | undefined): Promise<LogRead> => Promise.resolve(readAfter(log, from));
    log.print(START, LINE);
    await archiveLogs({ archive: createLogArchive(blobs), ref, read, final: false });
    await abandonLogs(createLogArchive(blobs), ref, 'too late');
    log.print(START, LINE);
    const early = await archiveLogs({ archive: createLogArchive(blobs), ref, read, final: false });
    expect(early).toMatchObject({ bytes: LINE.length, unavailable: 'too late' });
    await archiveLogs({ archive: createLogArchive(blobs), ref, read, final: true });
    const whole = await readLogs(createLogArchive(blobs), ref, { from: 0, maxBytes: 1_000 });
    expect(whole).toMatchObject({ bytes: Buffer.from(LINE + LINE), gaps: [], final: true });
  });
});

describe('a backend that contradicts itself', () => {
  const answer = (over: Partial<Extract<LogRead, { kind: 'after' }>>): LogRead => ({
    kind: 'after',
    bytes: Buffer.from(LINE),
    position: 'p1',
    hasMore: false,
    ...over,
  });
  const look = (archive: LogArchive, ref: ReturnType<typeof newLogRef>, shown: LogRead): Promise<unknown> =>
    archiveLogs({ archive, ref, read: () => Promise.resolve(shown), final: false });

  it('about text that is archived already: a gap says that something may be missing', async () => {
    const blobs = new MemoryLogBlobs();
    const ref = newLogRef();
    const dying = createLogArchive(dyingAt(blobs, { write: 'append', nth: 0, when: 'after' }));
    await expect(look(dying, ref, answer({ begins: { position: 'p0' } }))).rejects.toThrow('died');
    await look(createLogArchive(blobs), ref, answer({ bytes: Buffer.from('other text\nand more\n') }));
    const { bytes, gaps } = await readLogs(createLogArchive(blobs), ref, { from: 0, maxBytes: 1_000 });
    expect(bytes.toString()).toBe(`${LINE}other text\nand more\n`);
    expect(gaps).toMatchObject([{ at: LINE.length, kind: 'missing' }]);
  });

  it('by giving no beginning, or a position that is too long, is a defect that is named', async () => {
    const archive = createLogArchive(new MemoryLogBlobs());
    await expect(look(archive, newLogRef(), answer({}))).rejects.toThrow('must say where a log begins');
    const long = answer({ position: 'x'.repeat(513), begins: { position: 'p0' } });
    await expect(look(archive, newLogRef(), long)).rejects.toThrow('512 characters at most');
  });
});
