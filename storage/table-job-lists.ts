// The lists of jobs in table GpuJobsLists: one partition, so that all of a job's entries change in one transaction.
import { type JobSummary, jobSummarySchema } from '../domain/api/jobs';
import { TerminalError } from '../domain/errors';
import { keyRange, listPrefix, placeInList } from '../domain/job-list-key';
import { type JobLists, type JobRange, listingsOf, type SummaryPage } from '../domain/job-lists';
import type { Versioned } from '../domain/job-store';
import type { StorageClients } from './clients';
import { type EntityChange, LazyTable, type NewEntity, type Transacted } from './lazy-table';
import { entityOf, rowOf } from './row-column';

export const LISTS_TABLE = 'GpuJobsLists';

/** A transaction holds one partition's rows only. A job's entries: one by its id, which guards the others, and one a list. */
const PARTITION = 'lists';
/** The table service's limit of a page. */
const MAX_PAGE = 1_000;

export class TableJobLists implements JobLists {
  readonly #table: LazyTable;

  constructor(clients: StorageClients) {
    this.#table = new LazyTable(clients, LISTS_TABLE);
  }

  async read(jobId: string): Promise<Versioned<JobSummary> | undefined> {
    const entity = await this.#table.get(PARTITION, guardKey(jobId));
    if (entity === undefined) return undefined;
    return { row: rowOf(jobSummarySchema, entity, LISTS_TABLE), etag: entity.etag };
  }

  write(summary: JobSummary, previous: Versioned<JobSummary> | undefined): Promise<Transacted> {
    const guard = entityAt(guardKey(summary.id), summary);
    const place = placeInList(summary);
    const prefixes = listingsOf(summary).map(listPrefix);
    const left = (previous === undefined ? [] : listingsOf(previous.row).map(listPrefix)).filter(
      (prefix) => !prefixes.includes(prefix),
    );
    return this.#table.transact([
      previous === undefined
        ? { kind: 'insert', entity: guard }
        : { kind: 'replace', entity: guard, etag: previous.etag },
      ...prefixes.map((prefix): EntityChange => ({
        kind: 'upsert',
        entity: entityAt(`${prefix}${place}`, summary),
      })),
      ...left.map((prefix): EntityChange => ({
        kind: 'remove',
        entity: { partitionKey: PARTITION, rowKey: `${prefix}${place}` },
      })),
    ]);
  }

  /** One request, and as many entities read as the page has jobs. */
  async page(range: JobRange, limit: number, continuation?: string): Promise<SummaryPage> {
    if (!Number.isInteger(limit) || limit < 1) {
      throw new TerminalError(`A page of ${limit} jobs cannot be listed: ask for 1 to ${MAX_PAGE}`, {
        limit,
      });
    }
    const { after, before } = keyRange(range, continuation);
    const filter = `PartitionKey eq '${PARTITION}' and RowKey gt '${after}' and RowKey lt '${before}'`;
    const page = await this.#table.query(filter, Math.min(limit, MAX_PAGE));
    const jobs = page.entities.map((entity) => rowOf(jobSummarySchema, entity, LISTS_TABLE));
    const last = jobs.at(-1);
    return { jobs, ...(page.more && last !== undefined ? { continuation: placeInList(last) } : {}) };
  }
}

function guardKey(jobId: string): string {
  return `job.${jobId}`;
}

function entityAt(rowKey: string, summary: JobSummary): NewEntity {
  return entityOf(jobSummarySchema, { partitionKey: PARTITION, rowKey }, summary, ({ state, createdAt }) => ({
    state,
    submitted: createdAt,
  }));
}
