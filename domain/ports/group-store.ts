// The port to the rows of groups: what an array was submitted as, and the wish to end all of it.
import type { GroupCancel, GroupRow } from '../group/group';
import type { Versioned } from './job-store';

/** Both rows of one group, from one read. */
export interface GroupRecords {
  readonly group: Versioned<GroupRow>;
  readonly cancel: GroupCancel | undefined;
}

/** Every method rejects with RetryableError when the store cannot be reached: that is never an absent row (I3). */
export interface GroupStore {
  /** Of any number of equal inserts one succeeds (I5). */
  insert(row: GroupRow): Promise<'inserted' | 'exists'>;
  /** Undefined is a definite absence. */
  read(groupId: string): Promise<GroupRecords | undefined>;
  /** `changed`: another process wrote since `etag` was read. */
  write(row: GroupRow, etag: string): Promise<'done' | 'changed'>;
  /** Insert-only: if it exists already, that is as good. */
  insertCancel(row: GroupCancel): Promise<void>;
}
