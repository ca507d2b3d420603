// Groups in table GpuJobsGroups: a partition a group; rows `group` and `cancel`.
import { groupCancelSchema, type GroupRow, groupRowSchema } from '../../domain/group/group';
import type { GroupStore } from '../../domain/ports/group-store';
import type { StorageClients } from '../account/clients';
import { createLazyTable, type NewEntity } from './lazy-table';
import { odataText } from './odata-text';
import { entityOf, rowOf } from './row-column';

const GROUPS_TABLE = 'GpuJobsGroups';

const GROUP = 'group';
const CANCEL = 'cancel';

export function createTableGroupStore(clients: StorageClients): GroupStore {
  const table = createLazyTable(clients, GROUPS_TABLE);

  return {
    insert: async (row) => table.insert(groupEntity(row)),
    read: async (groupId) => {
      const { entities } = await table.query(`PartitionKey eq ${odataText(groupId)}`);
      const group = entities.find(({ rowKey }) => rowKey === GROUP);
      if (group === undefined) return undefined;
      const cancel = entities.find(({ rowKey }) => rowKey === CANCEL);
      return {
        group: { row: rowOf(groupRowSchema, group, GROUPS_TABLE), etag: group.etag },
        cancel: cancel === undefined ? undefined : rowOf(groupCancelSchema, cancel, GROUPS_TABLE),
      };
    },
    write: async (row, etag) => table.replace(groupEntity(row), etag),
    insertCancel: async (row) => {
      const keys = { partitionKey: row.groupId, rowKey: CANCEL };
      await table.insert(
        entityOf(groupCancelSchema, keys, row, ({ at }) => ({ at: new Date(at).toISOString() })),
      );
    },
  };
}

function groupEntity(row: GroupRow): NewEntity {
  return entityOf(groupRowSchema, { partitionKey: row.groupId, rowKey: GROUP }, row, () => ({
    state: row.state,
    members: row.members,
    source: row.source,
    submitted: new Date(row.submittedAt).toISOString(),
  }));
}
