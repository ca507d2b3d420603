// One table, with the answers that the stores need: done, changed, exists. Anything else is an error that says what was
// asked.
import type { TableClient, TransactionAction } from '@azure/data-tables';

import { TerminalError } from '../../domain/errors';
import type { StorageClients } from '../account/clients';
import { creatingIfAbsent, emptyIfAbsent } from '../account/lazy-store';
import { answerOf, storageFailure } from '../account/storage-failure';

/** A row to write: columns are texts, numbers and flags; an undefined one is left out. */
export interface NewEntity {
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly [column: string]: string | number | boolean | undefined;
}

/** A row as read. `etag` is what a conditional write names. */
export interface StoredEntity {
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly etag: string;
  readonly columns: Readonly<Record<string, unknown>>;
}

export type EntityChange =
  | { readonly kind: 'insert'; readonly entity: NewEntity }
  | { readonly kind: 'replace'; readonly entity: NewEntity; readonly etag: string }
  /** Unconditional: for hints only. */
  | { readonly kind: 'upsert'; readonly entity: NewEntity }
  /** Unconditional, except that the row must exist. */
  | { readonly kind: 'remove'; readonly entity: Pick<NewEntity, 'partitionKey' | 'rowKey'> };

/** `etag` is that of the first change's row. */
type Transacted = { readonly kind: 'done'; readonly etag: string } | { readonly kind: 'changed' };

/** The table service's limit of a page. */
const PAGE_ROWS = 1_000;

export interface LazyTable {
  readonly name: string;

  /** Undefined is a definite absence. One request. */
  get(partitionKey: string, rowKey: string): Promise<StoredEntity | undefined>;

  /**
   * The rows that `filter` (OData) selects, by partition and row key. One request a page of a thousand.
   * `more` tells whether rows beyond `limit` may follow.
   */
  query(filter: string, limit?: number): Promise<{ entities: StoredEntity[]; more: boolean }>;

  insert(entity: NewEntity): Promise<'inserted' | 'exists'>;

  /** `changed`: the row is not what `etag` says, or not there. */
  replace(entity: NewEntity, etag: string): Promise<'done' | 'changed'>;

  /** Unconditional: for hints only. */
  upsert(entity: NewEntity): Promise<void>;

  /** Unconditional. Removing a row that is not there succeeds. */
  remove(partitionKey: string, rowKey: string): Promise<void>;

  /** `changed`: the row is not what `etag` says, or not there. */
  removeUnchanged(partitionKey: string, rowKey: string, etag: string): Promise<'done' | 'changed'>;

  /** All changes or none, in one request; all rows in one partition, each at most once. */
  transact(changes: readonly EntityChange[]): Promise<Transacted>;
}

/** Loads no SDK yet; the first operation does. */
export function createLazyTable(clients: StorageClients, name: string): LazyTable {
  const client = (): TableClient => clients.table(name);

  const creating = <T>(write: () => Promise<T>): Promise<T> =>
    creatingIfAbsent(write, () => client().createTable());

  const failure = (thrown: unknown, operation: string, rows: string): unknown =>
    storageFailure(thrown, `${operation} ${rows} (table ${name})`, {
      table: name,
      operation,
      rows,
    });

  return {
    name,
    get: async (partitionKey, rowKey) => {
      try {
        return storedEntity(await client().getEntity(partitionKey, rowKey));
      } catch (thrown) {
        if (answerOf(thrown).status === 404) return undefined;
        throw failure(thrown, 'read', `${partitionKey}/${rowKey}`);
      }
    },
    query: async (filter, limit = Infinity) => {
      const pages = client()
        .listEntities({ queryOptions: { filter } })
        .byPage({ maxPageSize: Math.min(limit, PAGE_ROWS) });
      try {
        return await emptyIfAbsent(() => collect(pages, limit), { entities: [], more: false });
      } catch (thrown) {
        throw failure(thrown, 'query', filter);
      }
    },
    insert: async (entity) => {
      try {
        await creating(() => client().createEntity({ ...entity }));
        return 'inserted';
      } catch (thrown) {
        if (answerOf(thrown).code === 'EntityAlreadyExists') return 'exists';
        throw failure(thrown, 'insert', keysOf(entity));
      }
    },
    replace: async (entity, etag) => {
      requireEtag(entity, etag);
      try {
        await client().updateEntity({ ...entity }, 'Replace', { etag });
        return 'done';
      } catch (thrown) {
        if (isChanged(thrown)) return 'changed';
        throw failure(thrown, 'replace', keysOf(entity));
      }
    },
    upsert: async (entity) => {
      try {
        await creating(() => client().upsertEntity({ ...entity }, 'Replace'));
      } catch (thrown) {
        throw failure(thrown, 'upsert', keysOf(entity));
      }
    },
    remove: async (partitionKey, rowKey) => {
      try {
        await client().deleteEntity(partitionKey, rowKey);
      } catch (thrown) {
        if (answerOf(thrown).status === 404) return;
        throw failure(thrown, 'remove', `${partitionKey}/${rowKey}`);
      }
    },
    removeUnchanged: async (partitionKey, rowKey, etag) => {
      requireEtag({ partitionKey, rowKey }, etag);
      try {
        await client().deleteEntity(partitionKey, rowKey, { etag });
        return 'done';
      } catch (thrown) {
        if (isChanged(thrown)) return 'changed';
        throw failure(thrown, 'remove', `${partitionKey}/${rowKey}`);
      }
    },
    transact: async (changes) => {
      const actions = changes.map(actionOf);
      try {
        const response = await creating(() => client().submitTransaction(actions));
        return { kind: 'done', etag: response.subResponses[0]?.etag ?? '' };
      } catch (thrown) {
        if (isChanged(thrown) || answerOf(thrown).code === 'EntityAlreadyExists') return { kind: 'changed' };
        throw failure(thrown, 'change', changes.map((change) => keysOf(change.entity)).join(', '));
      }
    },
  };
}

function actionOf(change: EntityChange): TransactionAction {
  switch (change.kind) {
    case 'insert':
      return ['create', { ...change.entity }];
    case 'replace':
      requireEtag(change.entity, change.etag);
      return ['update', { ...change.entity }, 'Replace', { etag: change.etag }];
    case 'upsert':
      return ['upsert', { ...change.entity }, 'Replace'];
    case 'remove':
      return ['delete', { ...change.entity }];
  }
}

/** A page may be short, or empty, with more to follow. */
async function collect(
  pages: AsyncIterable<Iterable<Record<string, unknown>> & { continuationToken?: string }>,
  limit: number,
): Promise<{ entities: StoredEntity[]; more: boolean }> {
  const entities: StoredEntity[] = [];
  for await (const page of pages) {
    entities.push(...Array.from(page, storedEntity));
    if (entities.length < limit) continue;
    return {
      entities: entities.slice(0, limit),
      more: page.continuationToken !== undefined || entities.length > limit,
    };
  }
  return { entities, more: false };
}

/** A row that is gone counts as changed, because it was read before. */
function isChanged(thrown: unknown): boolean {
  const { status } = answerOf(thrown);
  return status === 412 || status === 404;
}

/** Without an ETag, or with `*`, the service would replace any version [W_BLIND]. */
function requireEtag(entity: Pick<NewEntity, 'partitionKey' | 'rowKey'>, etag: string): void {
  if (etag !== '' && etag !== '*') return;
  throw new TerminalError(
    `Changing ${keysOf(entity)} needs the ETag that was read, not "${etag}": a write without one is not conditional`,
    { row: keysOf(entity) },
  );
}

function keysOf(entity: { readonly partitionKey: string; readonly rowKey: string }): string {
  return `${entity.partitionKey}/${entity.rowKey}`;
}

function storedEntity(entity: Record<string, unknown>): StoredEntity {
  const { partitionKey, rowKey, etag, ...columns } = entity;
  if (typeof partitionKey !== 'string' || typeof rowKey !== 'string' || typeof etag !== 'string') {
    throw new TerminalError(
      `A row came without its keys or ETag: ${JSON.stringify({ partitionKey, rowKey, etag })}`,
    );
  }
  return { partitionKey, rowKey, etag, columns };
}
