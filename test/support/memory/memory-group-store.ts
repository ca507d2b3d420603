// GroupStore in memory, for tests and simulations: each call is one step.
import {
  type GroupCancel,
  groupCancelSchema,
  type GroupRow,
  groupRowSchema,
} from '../../../domain/group/group';
import type { GroupRecords, GroupStore } from '../../../domain/ports/group-store';
import { step } from './step';
import { VersionedRows } from './versioned-rows';

export class MemoryGroupStore implements GroupStore {
  readonly #groups = new VersionedRows(groupRowSchema);
  readonly #cancels = new VersionedRows(groupCancelSchema);

  insert(row: GroupRow): Promise<'inserted' | 'exists'> {
    return step(() => {
      if (this.#groups.get(row.groupId) !== undefined) return 'exists';
      this.#groups.put(row.groupId, row);
      return 'inserted';
    });
  }

  read(groupId: string): Promise<GroupRecords | undefined> {
    return step(() => this.records(groupId));
  }

  write(row: GroupRow, etag: string): Promise<'done' | 'changed'> {
    return step(() => {
      if (!this.#groups.has(row.groupId, etag)) return 'changed';
      this.#groups.put(row.groupId, row);
      return 'done';
    });
  }

  insertCancel(row: GroupCancel): Promise<void> {
    return step(() => {
      if (this.#cancels.get(row.groupId) === undefined) this.#cancels.put(row.groupId, row);
    });
  }

  /** For checkers, without a step. */
  records(groupId: string): GroupRecords | undefined {
    const group = this.#groups.get(groupId);
    return group === undefined ? undefined : { group, cancel: this.#cancels.get(groupId)?.row };
  }
}
