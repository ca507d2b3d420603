// The contract of every journal, whatever stores it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Journal } from '../../../standins/kernel/journal';
import { openLmdbJournal } from '../../../standins/kernel/lmdb-journal';
import { createMemoryJournal, type MemoryJournal } from '../../../standins/kernel/memory-journal';

interface Subject {
  readonly journal: Journal;
  /** Opens what the journal has stored again, as after the end of the process. */
  reopen(): Promise<Journal>;
  remove(): Promise<void>;
}

function inMemory(): Promise<Subject> {
  let journal: MemoryJournal = createMemoryJournal();
  return Promise.resolve({
    journal,
    reopen: () => {
      journal = createMemoryJournal({ from: journal.snapshot() });
      return Promise.resolve(journal);
    },
    remove: () => Promise.resolve(),
  });
}

async function onDisk(): Promise<Subject> {
  const folder = await mkdtemp(join(tmpdir(), 'journal-'));
  const path = join(folder, 'state.mdb');
  let journal = openLmdbJournal(path);
  return {
    journal,
    reopen: async () => {
      await journal.close();
      journal = openLmdbJournal(path);
      return journal;
    },
    remove: async () => {
      await journal.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

describe.each([
  ['in memory', inMemory],
  ['on disk', onDisk],
])('a journal %s', (_, open) => {
  let subject: Subject;
  let journal: Journal;
  beforeEach(async () => {
    subject = await open();
    journal = subject.journal;
  });
  afterEach(() => subject.remove());

  it('has nothing under a key that was never written', () => {
    expect(journal.get('a')).toBeUndefined();
    expect([...journal.entries('')]).toEqual([]);
  });

  it('reads a change back as soon as its commit was called', async () => {
    const committed = journal.commit([{ put: 'a', value: { n: 1 } }]);
    expect(journal.get('a')).toEqual({ n: 1 });
    expect([...journal.entries('a')]).toEqual([['a', { n: 1 }]]);
    await committed;
    expect(journal.get('a')).toEqual({ n: 1 });
  });

  it('no longer has a removed key as soon as the commit was called', async () => {
    await journal.commit([{ put: 'a', value: 1 }]);
    const committed = journal.commit([{ remove: 'a' }]);
    expect(journal.get('a')).toBeUndefined();
    expect([...journal.entries('')]).toEqual([]);
    await committed;
    expect(journal.get('a')).toBeUndefined();
  });

  it('keeps the last of several commits under way, in the order of the calls', async () => {
    const commits = [1, 2, 3].map((n) => journal.commit([{ put: 'a', value: n }]));
    expect(journal.get('a')).toBe(3);
    await Promise.all(commits);
    expect(journal.get('a')).toBe(3);
    expect((await subject.reopen()).get('a')).toBe(3);
  });

  it('applies the changes of one batch in order', async () => {
    await journal.commit([{ put: 'a', value: 1 }]);
    await journal.commit([{ remove: 'a' }, { put: 'a', value: 2 }]);
    expect((await subject.reopen()).get('a')).toBe(2);
  });

  it('lists the entries of a prefix by code unit, committed or under way', async () => {
    await journal.commit(['b/2', 'a/9', 'b/10', 'b', 'c/1'].map((put) => ({ put, value: put })));
    const committed = journal.commit([{ put: 'b/1', value: 'b/1' }, { remove: 'b/10' }]);
    expect([...journal.entries('b/')].map(([key]) => key)).toEqual(['b/1', 'b/2']);
    await committed;
    expect([...journal.entries('b/')].map(([key]) => key)).toEqual(['b/1', 'b/2']);
  });

  it('finds everything committed after the process has ended', async () => {
    const value = { text: 'ä\u2028\ud800', nothing: null, list: [1, [2]] };
    await journal.commit([
      { put: 'x', value },
      { put: 'y', value: 0 },
    ]);
    await journal.commit([{ remove: 'y' }]);
    const later = await subject.reopen();
    expect(later.get('x')).toEqual(value);
    expect(later.get('y')).toBeUndefined();
  });

  it('does not see what happens to a value after its commit', async () => {
    const value = { list: [1] };
    const committed = journal.commit([{ put: 'a', value }]);
    value.list.push(2);
    await committed;
    expect(journal.get('a')).toEqual({ list: [1] });
  });
});
