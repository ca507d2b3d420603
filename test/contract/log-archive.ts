// The contract of every log archive.
import type { Gap } from '../../domain/logs/log-index';
import type { LogArchive, LogEnd, LogPositions, LogRef } from '../../domain/ports/log-archive';

let made = 0;

/** A log that no other test uses. */
export function newLogRef(): LogRef {
  made += 1;
  return { jobId: `jlog${String(made).padStart(16, '0')}`, attempt: 1, container: 'main' };
}

export function gapAt(at: number, kind: Gap['kind'] = 'missing'): Gap {
  return { at, kind, why: 'a test — says so' };
}

/** Appends, and expects that the archive had not changed. */
export async function appended(end: LogEnd, text: string, gap?: Gap): Promise<LogEnd> {
  const after = await end.append({ bytes: Buffer.from(text), ...(gap === undefined ? {} : { gap }) });
  if (after === 'changed') throw new Error(`The archive changed while ${JSON.stringify(text)} was appended.`);
  return after;
}

/** Appends with positions, and expects that the archive had not changed. */
async function positioned(end: LogEnd, text: string, positions: LogPositions): Promise<LogEnd> {
  const after = await end.append({ bytes: Buffer.from(text), positions });
  if (after === 'changed') throw new Error(`The archive changed while ${JSON.stringify(text)} was appended.`);
  return after;
}

/**
 * `archives` makes several views of one store, as several processes have them; `smallFiles` rolls over after three
 * blocks or a hundred bytes.
 */
export function logArchiveContract(
  archives: () => { first: LogArchive; second: LogArchive; smallFiles: LogArchive },
): void {
  it('is empty before anything was printed', async () => {
    const { first } = archives();
    const ref = newLogRef();
    const end = await first.end(ref, 'fresh');
    expect({ length: end.length, tail: end.tail.length, gaps: end.gaps }).toEqual({
      length: 0,
      tail: 0,
      gaps: [],
    });
    expect((await first.read(ref, 0, 100)).bytes).toHaveLength(0);
    expect(await first.urls(ref)).toEqual([]);
  });

  it('gives back what was appended, from any offset', async () => {
    const { first, second } = archives();
    const ref = newLogRef();
    await appended(await appended(await first.end(ref, 'fresh'), 'Grüße '), 'aus dem Container');
    const end = await second.end(ref, 'fresh');
    expect(end.tail.toString()).toBe('Grüße aus dem Container');
    expect((await end.moreTail(9)).toString()).toBe('Container');
    expect((await second.read(ref, 8, 3)).bytes.toString()).toBe('aus');
    expect((await second.read(ref, end.length, 3)).bytes).toHaveLength(0);
    expect((await second.read(ref, end.length + 5, 3)).bytes).toHaveLength(0);
    expect(await second.urls(ref)).toHaveLength(1);
  });

  it('keeps generations apart, and names the later ones in the index of the first', async () => {
    const { first, second } = archives();
    const ref = newLogRef();
    const later = { ...ref, generation: 2 };
    await appended(await first.end(ref, 'fresh'), 'a part');
    const noted = { generation: 2, source: 'a test', state: 'completing' } as const;
    await first.note(later, noted);
    await appended(await second.end(later, 'fresh'), 'all of it');
    await second.note(later, { ...noted, state: 'complete' });
    await first.close(ref);
    expect((await second.read(ref, 0, 100)).bytes.toString()).toBe('a part');
    expect((await first.read(later, 0, 100)).bytes.toString()).toBe('all of it');
    const { index } = await second.read(ref, 0, 1);
    expect(index).toMatchObject({
      closed: { length: 6 },
      generations: [{ ...noted, state: 'complete' }],
    });
  });

  it('refuses to append where it no longer ends', async () => {
    const { first, second } = archives();
    const ref = newLogRef();
    const late = await second.end(ref, 'fresh');
    const start = await appended(await first.end(ref, 'fresh'), 'a');
    expect(await late.append({ bytes: Buffer.from('x') })).toBe('changed');
    await appended(start, 'b');
    expect(await start.append({ bytes: Buffer.from('x') })).toBe('changed');
    expect((await first.read(ref, 0, 100)).bytes.toString()).toBe('ab');
  });

  it('may answer from memory, and finds out when it appends', async () => {
    const { first, second } = archives();
    const ref = newLogRef();
    await appended(await first.end(ref, 'fresh'), 'a');
    await appended(await second.end(ref, 'fresh'), 'b');
    const remembered = await first.end(ref, 'remembered');
    expect(remembered.length).toBe(1);
    expect(await remembered.append({ bytes: Buffer.from('x') })).toBe('changed');
    expect((await first.end(ref, 'remembered')).length).toBe(2);
  });

  it('records a gap with the bytes that follow it, and lets no writer append that had not seen it', async () => {
    const { first, second } = archives();
    const ref = newLogRef();
    const before = await appended(await first.end(ref, 'fresh'), 'start');
    const late = await second.end(ref, 'fresh');
    const after = await appended(before, '', gapAt(5));
    expect(await late.append({ bytes: Buffer.from('x') })).toBe('changed');
    await appended(after, 'later');
    const { bytes, index } = await second.read(ref, 0, 100);
    expect(bytes.toString()).toBe('startlater');
    expect(index.gaps).toEqual([gapAt(5)]);
    expect((await second.end(ref, 'fresh')).gaps).toEqual([gapAt(5)]);
  });

  it('records a gap at the very start, and two of different kinds at one place', async () => {
    const { first, second } = archives();
    const ref = newLogRef();
    const end = await appended(await first.end(ref, 'fresh'), '', gapAt(0, 'not-provable'));
    await appended(end, 'text', gapAt(0, 'restarted'));
    const { index } = await second.read(ref, 0, 100);
    expect(index.gaps).toEqual([gapAt(0, 'not-provable'), gapAt(0, 'restarted')]);
  });

  it('keeps the cursor of what was appended, with its offset', async () => {
    const { first, second } = archives();
    const ref = newLogRef();
    const empty = await first.end(ref, 'fresh');
    expect(empty.cursor).toBeUndefined();
    const one = await positioned(empty, 'one\n', { begin: 'start', end: 'ä 1' });
    expect(one.cursor).toEqual({ at: 4, position: 'ä 1' });
    const other = await second.end(ref, 'fresh');
    expect(other.cursor).toEqual({ at: 4, position: 'ä 1' });
    await positioned(other, 'two\n', { end: 'ä 2' });
    expect(await one.append({ bytes: Buffer.from('x'), positions: { end: 'x' } })).toBe('changed');
    expect((await first.end(ref, 'fresh')).cursor).toEqual({ at: 8, position: 'ä 2' });
  });

  it('keeps a cursor that lags behind bytes without one, and the mark of an end that could not be had', async () => {
    const { first, second } = archives();
    const ref = newLogRef();
    const one = await positioned(await first.end(ref, 'fresh'), 'one\n', { begin: 'start', end: '1' });
    await appended(await appended(one, 'two\n'), '', gapAt(8, 'unavailable'));
    expect(await second.end(ref, 'fresh')).toMatchObject({ length: 8, cursor: { at: 4, position: '1' } });
  });

  it('stores where the text after a gap begins together with the gap, and keeps the gap with later cursors', async () => {
    const { first, second } = archives();
    const ref = newLogRef();
    const one = await positioned(await first.end(ref, 'fresh'), 'one\n', { begin: 'start', end: '1' });
    const gap = gapAt(4, 'restarted');
    const marked = await one.append({
      bytes: Buffer.alloc(0),
      gap,
      positions: { begin: 'anew', end: 'anew' },
    });
    if (marked === 'changed') throw new Error('Nobody else writes.');
    const seen = await second.end(ref, 'fresh');
    expect(seen).toMatchObject({ length: 4, gaps: [gap], cursor: { at: 4, position: 'anew' } });
    await positioned(seen, 'two\n', { end: '2' });
    const after = await first.end(ref, 'fresh');
    expect(after).toMatchObject({ length: 8, gaps: [gap], cursor: { at: 8, position: '2' } });
    expect((await second.read(ref, 0, 100)).index.gaps).toEqual([gap]);
  });

  it('stores nothing of an addition whose position is too long', async () => {
    const { first } = archives();
    const ref = newLogRef();
    const end = await first.end(ref, 'fresh');
    const long = end.append({ bytes: Buffer.from('x'), positions: { begin: '', end: 'x'.repeat(513) } });
    await expect(long).rejects.toThrow('512 characters at most');
    expect((await first.end(ref, 'fresh')).length).toBe(0);
    const longest = await positioned(end, 'x', { begin: '€'.repeat(512), end: '€'.repeat(512) });
    expect((await longest.moreTail(1)).toString()).toBe('x');
    expect((await first.end(ref, 'fresh')).cursor).toEqual({ at: 1, position: '€'.repeat(512) });
  });

  it('takes the cursor along into a new blob', async () => {
    const { smallFiles, second } = archives();
    const ref = newLogRef();
    let end = await smallFiles.end(ref, 'fresh');
    for (let i = 0; i < 10; i += 1) {
      end = await positioned(end, `line ${i}\n`, { ...(i === 0 ? { begin: '' } : {}), end: String(i) });
      expect((await second.end(ref, 'fresh')).cursor).toEqual({ at: 7 * (i + 1), position: String(i) });
    }
    // The next blob is begun by bytes without a position: it has the cursor of the one before.
    for (let i = 0; i < 4; i += 1) end = await appended(end, 'line x\n');
    const fresh = await second.end(ref, 'fresh');
    expect((await second.urls(ref)).length).toBeGreaterThan(4);
    expect(fresh).toMatchObject({ length: 98, cursor: { at: 70, position: '9' } });
  });

  it('is closed once, after a gap where its end could not be had', async () => {
    const { first, second } = archives();
    const ref = newLogRef();
    const end = await appended(await first.end(ref, 'fresh'), 'text');
    await appended(end, '', gapAt(4, 'unavailable'));
    await first.close(ref);
    const again = await second.close(ref);
    expect(again).toMatchObject({ closed: { length: 4 }, gaps: [gapAt(4, 'unavailable')] });
    expect(again.files).toHaveLength(1);
  });

  it('closes a log that nothing was ever printed to', async () => {
    const { first, second } = archives();
    const ref = newLogRef();
    await first.close(ref);
    expect((await second.read(ref, 0, 100)).index.closed).toEqual({ length: 0 });
  });

  it('goes on in a new blob when one is full, and reads across them', async () => {
    const { smallFiles, second } = archives();
    const ref = newLogRef();
    let end = await smallFiles.end(ref, 'fresh');
    let all = '';
    for (let i = 0; i < 20; i += 1) {
      const gap = i === 10 ? gapAt(all.length) : undefined;
      end = await appended(end, `line ${i} ${'x'.repeat(i * 5)}\n`, gap);
      all += `line ${i} ${'x'.repeat(i * 5)}\n`;
    }
    const { bytes, index } = await second.read(ref, 0, 10_000);
    expect(bytes.toString()).toBe(all);
    expect(index.gaps).toHaveLength(1);
    expect(index.files.length).toBeGreaterThan(6);
    expect(index.files.map(({ from }) => from).slice(1)).toEqual(
      index.files.map(({ to }) => to).slice(0, -1),
    );
    expect((await second.read(ref, 150, 400)).bytes.toString()).toBe(all.slice(150, 550));
    const fresh = await second.end(ref, 'fresh');
    expect(fresh.tail.toString()).toBe(all);
    expect((await fresh.moreTail(300)).toString()).toBe(all.slice(-300));
    expect(await second.urls(ref)).toHaveLength(index.files.length);
    await appended(fresh, 'more');
  });
}
