// The indexes in tables GpuJobsWaiting, GpuJobsIndex and GpuJobsByTime: hints, written without conditions, verified by whoever reads them.
import { z } from 'zod';

import { TerminalError } from '../domain/errors';
import type { HintStore, JobPage, WaitingHint } from '../domain/hint-store';
import type { StorageClients } from './clients';
import { LazyTable } from './lazy-table';
import { entityOf, rowOf } from './row-column';

export const WAITING_TABLE = 'GpuJobsWaiting';
export const INDEX_TABLE = 'GpuJobsIndex';
export const BY_TIME_TABLE = 'GpuJobsByTime';

/** All rows of a table in one partition: the key alone orders them, and one range query is a page. */
const PARTITION = 'all';
const WHOLE_PARTITION = `PartitionKey eq '${PARTITION}'`;
/** 14 digits of milliseconds last until the year 5138; subtracting from this puts the newest first. */
const LAST_INSTANT = 99_999_999_999_999;
/** The table service's limit of a page. */
const MAX_PAGE = 1_000;
/** What listByTime hands out: inverted milliseconds and a job id. */
const CONTINUATION = /^\d{14}-[0-9a-z]{1,64}$/;

const waitingSchema = z.object({
  key: z.string(),
  jobId: z.string(),
  attempt: z.number().int().positive(),
  writtenAt: z.number(),
  wants: z
    .object({
      placements: z.array(z.string()),
      concurrencyKey: z.string().optional(),
      until: z.number(),
    })
    .optional(),
});
const byTimeSchema = z.object({ jobId: z.string(), submittedAt: z.number() });

export class TableHintStore implements HintStore {
  readonly #waiting: LazyTable;
  readonly #index: LazyTable;
  readonly #byTime: LazyTable;

  constructor(clients: StorageClients) {
    this.#waiting = new LazyTable(clients, WAITING_TABLE);
    this.#index = new LazyTable(clients, INDEX_TABLE);
    this.#byTime = new LazyTable(clients, BY_TIME_TABLE);
  }

  async addWaiting(hint: WaitingHint): Promise<void> {
    return this.#waiting.upsert(entityOf(waitingSchema, { partitionKey: PARTITION, rowKey: hint.key }, hint));
  }

  async listWaiting(): Promise<readonly WaitingHint[]> {
    const { entities } = await this.#waiting.query(WHOLE_PARTITION);
    return entities.map((entity) => rowOf(waitingSchema, entity, WAITING_TABLE));
  }

  removeWaiting(key: string): Promise<void> {
    return this.#waiting.remove(PARTITION, key);
  }

  async addJob(jobId: string, submittedAt: number): Promise<void> {
    const rowKey = `${String(LAST_INSTANT - submittedAt).padStart(14, '0')}-${jobId}`;
    await Promise.all([
      this.#index.upsert({ partitionKey: PARTITION, rowKey: jobId }),
      this.#byTime.upsert(
        entityOf(byTimeSchema, { partitionKey: PARTITION, rowKey }, { jobId, submittedAt }),
      ),
    ]);
  }

  async listUnfinished(): Promise<readonly string[]> {
    const { entities } = await this.#index.query(WHOLE_PARTITION);
    return entities.map((entity) => entity.rowKey);
  }

  removeUnfinished(jobId: string): Promise<void> {
    return this.#index.remove(PARTITION, jobId);
  }

  /** @throws TerminalError for a limit below 1 or a continuation that no page gave. */
  async listByTime(limit: number, continuation?: string): Promise<JobPage> {
    if (!Number.isInteger(limit) || limit < 1) {
      throw new TerminalError(`A page of ${limit} jobs cannot be listed: ask for 1 to ${MAX_PAGE}`, {
        limit,
      });
    }
    if (continuation !== undefined && !CONTINUATION.test(continuation)) {
      throw new TerminalError(
        `"${continuation.slice(0, 100)}" is no continuation of a list of jobs: pass back what the page before gave, unchanged`,
        { continuation: continuation.slice(0, 100) },
      );
    }
    const from = continuation === undefined ? '' : ` and RowKey gt '${continuation}'`;
    const page = await this.#byTime.query(`${WHOLE_PARTITION}${from}`, Math.min(limit, MAX_PAGE));
    const last = page.entities.at(-1);
    return {
      jobIds: page.entities.map((entity) => rowOf(byTimeSchema, entity, BY_TIME_TABLE)),
      ...(page.more && last !== undefined ? { continuation: last.rowKey } : {}),
    };
  }
}
