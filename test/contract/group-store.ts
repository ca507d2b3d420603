// What every GroupStore must do.
import type { GroupRow } from '../../domain/group/group';
import type { GroupStore } from '../../domain/ports/group-store';

const ROW: GroupRow = {
  groupId: 'g0000000000000000001',
  state: 'making',
  owner: 'owner0000000',
  specHash: 'hash',
  members: 3,
  submittedAt: 1_000,
  source: 'http',
  atOnce: 2,
  placements: ['eastus'],
  passedOver: [],
};

export function describeGroupStore(name: string, make: () => GroupStore): void {
  describe(`GroupStore: ${name}`, () => {
    test('a group that is not there is absent', async () => {
      expect(await make().read('g0000000000000000009')).toBeUndefined();
    });

    test('of several inserts one succeeds', async () => {
      const store = make();
      const row = { ...ROW, groupId: 'g0000000000000000002' };
      const inserts = await Promise.all([store.insert(row), store.insert(row), store.insert(row)]);
      expect(inserts.toSorted()).toEqual(['exists', 'exists', 'inserted']);
      expect(await store.read(row.groupId)).toMatchObject({ group: { row }, cancel: undefined });
    });

    test('a write is conditional on what was read', async () => {
      const store = make();
      const row = { ...ROW, groupId: 'g0000000000000000003' };
      await store.insert(row);
      const etag = (await store.read(row.groupId))?.group.etag ?? '';
      expect(await store.write({ ...row, state: 'made' }, etag)).toBe('done');
      expect(await store.write({ ...row, state: 'void' }, etag)).toBe('changed');
      expect((await store.read(row.groupId))?.group.row.state).toBe('made');
    });

    test('a cancel is inserted once, and changes no version of the group', async () => {
      const store = make();
      const row = { ...ROW, groupId: 'g0000000000000000004' };
      await store.insert(row);
      const etag = (await store.read(row.groupId))?.group.etag ?? '';
      await store.insertCancel({ groupId: row.groupId, at: 5 });
      await store.insertCancel({ groupId: row.groupId, at: 6 });
      expect((await store.read(row.groupId))?.cancel).toEqual({ groupId: row.groupId, at: 5 });
      expect(await store.write({ ...row, state: 'made' }, etag)).toBe('done');
    });
  });
}
