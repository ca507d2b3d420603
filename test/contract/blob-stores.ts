// The contracts of every SpecStore, HeldSecrets, ResultStore and RejectedStore.
import { TerminalError } from '../../domain/errors';
import type { HeldSecrets, RejectedStore, ResultStore, SpecStore } from '../../domain/ports/blob-stores';
import { testJobId } from '../support/rows';

const HASH = 'c'.repeat(64);
const OTHER_HASH = 'd'.repeat(64);

export function describeSpecStore(name: string, make: () => SpecStore): void {
  describe(`${name} as a spec store`, () => {
    let store: SpecStore;
    beforeEach(() => {
      store = make();
    });

    test('a spec is read back as it was, text of every alphabet included', async () => {
      const spec = {
        image: 'registry/模型:1',
        args: ['--name', 'Zoë\n"x"\u2028'],
        env: { A: { secretRef: 'b' } },
      };
      await store.put(HASH, spec);
      expect(await store.get(HASH)).toEqual(spec);
    });

    test('writers of one spec at once all succeed', async () => {
      await Promise.all(Array.from({ length: 5 }, () => store.put(HASH, { image: 'a' })));
      expect(await store.get(HASH)).toEqual({ image: 'a' });
    });

    test('what stands under a hash stays', async () => {
      await store.put(HASH, { image: 'a' });
      await store.put(HASH, { image: 'b' });
      expect(await store.get(HASH)).toEqual({ image: 'a' });
    });

    test('a spec that is not there is an error that names it, before the first write and after', async () => {
      await expect(store.get(HASH)).rejects.toThrow(TerminalError);
      await store.put(OTHER_HASH, { image: 'a' });
      await expect(store.get(HASH)).rejects.toThrow(HASH);
    });
  });
}

export function describeHeldSecrets(name: string, make: () => HeldSecrets): void {
  describe(`${name} as a store of held secrets`, () => {
    let store: HeldSecrets;
    beforeEach(() => {
      store = make();
    });
    const job = testJobId(1);

    test('none are held at first', async () => {
      expect(await store.get(job, HASH)).toEqual({});
    });

    test('what is held is read back, by job and spec', async () => {
      await store.put(job, HASH, { TOKEN: 's3cr3t "ü"' });
      expect(await store.get(job, HASH)).toEqual({ TOKEN: 's3cr3t "ü"' });
      expect(await store.get(job, OTHER_HASH)).toEqual({});
      expect(await store.get(testJobId(2), HASH)).toEqual({});
    });

    test('a repeat replaces what was held', async () => {
      await store.put(job, HASH, { TOKEN: 'old' });
      await store.put(job, HASH, { TOKEN: 'new' });
      expect(await store.get(job, HASH)).toEqual({ TOKEN: 'new' });
    });

    test('each job that secrets are held for is listed once', async () => {
      expect(await store.listJobs()).toEqual([]);
      await store.put(job, HASH, { A: '1' });
      await store.put(job, OTHER_HASH, { A: '2' });
      await store.put(testJobId(2), HASH, { A: '3' });
      expect([...(await store.listJobs())].sort()).toEqual([job, testJobId(2)].sort());
      await store.remove(job);
      expect(await store.listJobs()).toEqual([testJobId(2)]);
    });

    test('removing by age takes what was held before, for all specs of the job', async () => {
      const anHour = 3_600_000;
      await store.put(job, HASH, { A: '1' });
      await store.put(job, OTHER_HASH, { A: '2' });
      await store.removeWrittenBefore(job, Date.now() - anHour);
      expect(await store.get(job, HASH)).toEqual({ A: '1' });
      await store.removeWrittenBefore(job, Date.now() + anHour);
      expect([await store.get(job, HASH), await store.get(job, OTHER_HASH)]).toEqual([{}, {}]);
      await store.removeWrittenBefore(job, Date.now() + anHour); // There are none left, and that is no error.
    });

    test('removing takes all of the job and nothing of another', async () => {
      const alike = `${job}0`;
      await store.put(job, HASH, { A: '1' });
      await store.put(job, OTHER_HASH, { A: '2' });
      await store.put(alike, HASH, { A: '3' });
      await store.remove(job);
      expect(await store.get(job, HASH)).toEqual({});
      expect(await store.get(job, OTHER_HASH)).toEqual({});
      expect(await store.get(alike, HASH)).toEqual({ A: '3' });
    });

    test('removing what is not held succeeds, before the first write and after', async () => {
      await store.remove(job);
      await store.put(testJobId(2), HASH, { A: '1' });
      await store.remove(job);
      expect(await store.get(testJobId(2), HASH)).toEqual({ A: '1' });
    });
  });
}

/** A store and a way to see what it stored. */
export interface Stored<Store> {
  readonly store: Store;
  readonly read: (jobId: string) => Promise<Buffer | undefined>;
}

export function describeResultStore(name: string, make: () => Stored<ResultStore>): void {
  describe(`${name} as a result store`, () => {
    test('a terminal record is stored as JSON, and written over by the next', async () => {
      const { store, read } = make();
      await store.put(testJobId(1), { outcome: 'Failed' });
      await store.put(testJobId(1), { outcome: 'Succeeded', exitCode: 0, name: '模型' });
      const bytes = await read(testJobId(1));
      expect(JSON.parse(bytes?.toString('utf8') ?? '')).toEqual({
        outcome: 'Succeeded',
        exitCode: 0,
        name: '模型',
      });
    });
  });
}

export function describeRejectedStore(name: string, make: () => Stored<RejectedStore>): void {
  describe(`${name} as a store of rejected messages`, () => {
    test.each([
      ['bytes that are no text', Buffer.from([0, 0xff, 0xfe, 0x0a, 0x80])],
      ['nothing at all', Buffer.alloc(0)],
    ])('%s are kept as they came', async (_, bytes) => {
      const { store, read } = make();
      await store.put(testJobId(1), bytes);
      expect(await read(testJobId(1))).toEqual(bytes);
      expect(await store.get(testJobId(1))).toEqual(bytes);
    });

    test('one that was never kept is absent', async () => {
      expect(await make().store.get(testJobId(2))).toBeUndefined();
    });
  });
}
