// The lists of jobs in table GpuJobsLists: one partition, so that all of a job's entries change in one transaction.
import { TerminalError } from '../../domain/errors';
import { guardKey, keyRange, listPrefix, placeIn } from '../../domain/lists/job-list-key';
import { type JobSummary, jobSummarySchema } from '../../domain/lists/job-summary';
import { type JobLists, listingsOf } from '../../domain/ports/job-lists';
import type { StorageClients } from '../account/clients';
import { createLazyTable, type EntityChange, type NewEntity } from './lazy-table';
import { odataText } from './odata-text';
import { entityOf, rowOf } from './row-column';

export const LISTS_TABLE = 'GpuJobsLists';

/**
 * A transaction holds one partition's rows only. A job's entries: one by its id, which guards the others, and one a
 * list.
 */
const PARTITION = 'lists';
/** The table service's limit of a page. */
const MOST_ENTITIES = 1_000;

export function createTableJobLists(clients: StorageClients): JobLists {
  const table = createLazyTable(clients, LISTS_TABLE);

  return {
    read: async (jobId) => {
      const entity = await table.get(PARTITION, guardKey(jobId));
      if (entity === undefined) return undefined;
      return { row: rowOf(jobSummarySchema, entity, LISTS_TABLE), etag: entity.etag };
    },
    write: (summary, previous) => {
      const { guard, entries } = entitiesOf(summary);
      const keys = new Set(entries.map(({ rowKey }) => rowKey));
      const left = previous === undefined ? [] : entitiesOf(previous.row).entries;
      return table.transact([
        previous === undefined
          ? { kind: 'insert', entity: guard }
          : { kind: 'replace', entity: guard, etag: previous.etag },
        ...entries.map((entity): EntityChange => ({ kind: 'upsert', entity })),
        ...left
          .filter(({ rowKey }) => !keys.has(rowKey))
          .map(({ partitionKey, rowKey }): EntityChange => ({
            kind: 'remove',
            entity: { partitionKey, rowKey },
          })),
      ]);
    },
    /** One request, and as many entities read as the page has jobs. */
    page: async (range, limit, continuation) => {
      if (!Number.isInteger(limit) || limit < 1) {
        throw new TerminalError(`A page of ${limit} jobs cannot be listed: ask for 1 to ${MOST_ENTITIES}`, {
          limit,
        });
      }
      const { after, before } = keyRange(range, continuation);
      const filter = `PartitionKey eq '${PARTITION}' and RowKey gt ${odataText(after)} and RowKey lt ${odataText(before)}`;
      const page = await table.query(filter, Math.min(limit, MOST_ENTITIES));
      const jobs = page.entities.map((entity) => rowOf(jobSummarySchema, entity, LISTS_TABLE));
      const last = jobs.at(-1);
      return {
        jobs,
        ...(page.more && last !== undefined ? { continuation: placeIn(range.listing, last) } : {}),
      };
    },
  };
}

/** All rows of a job: the one that guards the others, and one a list. */
export function entitiesOf(summary: JobSummary): {
  readonly guard: NewEntity;
  readonly entries: readonly NewEntity[];
} {
  return {
    guard: entityAt(guardKey(summary.id), summary),
    entries: listingsOf(summary).map((listing) =>
      entityAt(`${listPrefix(listing)}${placeIn(listing, summary)}`, summary),
    ),
  };
}

function entityAt(rowKey: string, summary: JobSummary): NewEntity {
  return entityOf(jobSummarySchema, { partitionKey: PARTITION, rowKey }, summary, ({ state, createdAt }) => ({
    state,
    submitted: createdAt,
  }));
}
