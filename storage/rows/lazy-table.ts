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
export type Transacted = { readonly kind: 'done'; readonly etag: string } | { readonly kind: 'changed' };

/** The table service's limit of a page. */
const PAGE_ROWS = 1_000;

export class LazyTable {
  readonly #clients: StorageClients;
  readonly name: string;

  /** Loads no SDK yet; the first operation does. */
  constructor(clients: StorageClients, name: string) {
    this.#clients = clients;
    this.name = name;
  }

  get #client(): TableClient {
    return this.#clients.table(this.name);
  }

  /** Undefined is a definite absence. One request. */
  async get(partitionKey: string, rowKey: string): Promise<StoredEntity | undefined> {
    try {
      return storedEntity(await this.#client.getEntity(partitionKey, rowKey));
    } catch (thrown) {
      if (answerOf(thrown).status === 404) return undefined;
      throw this.#failure(thrown, 'read', `${partitionKey}/${rowKey}`);
    }
  }

  /**
   * The rows that `filter` (OData) selects, by partition and row key. One request a page of a thousand.
   * `more` tells whether rows beyond `limit` may follow.
   */
  async query(filter: string, limit = Infinity): Promise<{ entities: StoredEntity[]; more: boolean }> {
    const pages = this.#client
      .listEntities({ queryOptions: { filter } })
      .byPage({ maxPageSize: Math.min(limit, PAGE_ROWS) });
    try {
      return await emptyIfAbsent(() => collect(pages, limit), { entities: [], more: false });
    } catch (thrown) {
      throw this.#failure(thrown, 'query', filter);
    }
  }

  async insert(entity: NewEntity): Promise<'inserted' | 'exists'> {
    try {
      await this.#creating(() => this.#client.createEntity({ ...entity }));
      return 'inserted';
    } catch (thrown) {
      if (answerOf(thrown).code === 'EntityAlreadyExists') return 'exists';
      throw this.#failure(thrown, 'insert', keysOf(entity));
    }
  }

  /** `changed`: the row is not what `etag` says, or not there. */
  async replace(entity: NewEntity, etag: string): Promise<'done' | 'changed'> {
    requireEtag(entity, etag);
    try {
      await this.#client.updateEntity({ ...entity }, 'Replace', { etag });
      return 'done';
    } catch (thrown) {
      if (isChanged(thrown)) return 'changed';
      throw this.#failure(thrown, 'replace', keysOf(entity));
    }
  }

  /** Unconditional: for hints only. */
  async upsert(entity: NewEntity): Promise<void> {
    try {
      await this.#creating(() => this.#client.upsertEntity({ ...entity }, 'Replace'));
    } catch (thrown) {
      throw this.#failure(thrown, 'upsert', keysOf(entity));
    }
  }

  /** Unconditional. Removing a row that is not there succeeds. */
  async remove(partitionKey: string, rowKey: string): Promise<void> {
    try {
      await this.#client.deleteEntity(partitionKey, rowKey);
    } catch (thrown) {
      if (answerOf(thrown).status === 404) return;
      throw this.#failure(thrown, 'remove', `${partitionKey}/${rowKey}`);
    }
  }

  /** `changed`: the row is not what `etag` says, or not there. */
  async removeUnchanged(partitionKey: string, rowKey: string, etag: string): Promise<'done' | 'changed'> {
    requireEtag({ partitionKey, rowKey }, etag);
    try {
      await this.#client.deleteEntity(partitionKey, rowKey, { etag });
      return 'done';
    } catch (thrown) {
      if (isChanged(thrown)) return 'changed';
      throw this.#failure(thrown, 'remove', `${partitionKey}/${rowKey}`);
    }
  }

  /** All changes or none, in one request; all rows in one partition, each at most once. */
  async transact(changes: readonly EntityChange[]): Promise<Transacted> {
    const actions = changes.map(actionOf);
    try {
      const response = await this.#creating(() => this.#client.submitTransaction(actions));
      return { kind: 'done', etag: response.subResponses[0]?.etag ?? '' };
    } catch (thrown) {
      if (isChanged(thrown) || answerOf(thrown).code === 'EntityAlreadyExists') return { kind: 'changed' };
      throw this.#failure(thrown, 'change', changes.map((change) => keysOf(change.entity)).join(', '));
    }
  }

  #creating<T>(write: () => Promise<T>): Promise<T> {
    return creatingIfAbsent(write, () => this.#client.createTable());
  }

  #failure(thrown: unknown, operation: string, rows: string): unknown {
    return storageFailure(thrown, `${operation} ${rows} (table ${this.name})`, {
      table: this.name,
      operation,
      rows,
    });
  }
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
