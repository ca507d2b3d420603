// The truth about jobs in table GpuJobs: a partition a job; rows `job`, `cancel`, `attempt-0001`, …
import { type AttemptRow, attemptRowSchema } from '../../domain/attempt/attempt';
import { TerminalError } from '../../domain/errors';
import { type CancelRow, cancelRowSchema, type JobRow, jobRowSchema } from '../../domain/job/job';
import type { JobStore, RowChange, Versioned } from '../../domain/ports/job-store';
import type { StorageClients } from '../account/clients';
import { createLazyTable, type EntityChange, type NewEntity, type StoredEntity } from './lazy-table';
import { odataText } from './odata-text';
import { entityOf, rowOf } from './row-column';

export const JOBS_TABLE = 'GpuJobs';

const JOB = 'job';
const CANCEL = 'cancel';
const ATTEMPT = 'attempt-';
/** So that a person sees the attempts in order. */
const ATTEMPT_DIGITS = 4;

export function createTableJobStore(clients: StorageClients): JobStore {
  const table = createLazyTable(clients, JOBS_TABLE);

  const versioned = <Row>(
    schema: Parameters<typeof rowOf<Row>>[0],
    entity: StoredEntity,
  ): Versioned<Row> => ({ row: rowOf(schema, entity, JOBS_TABLE), etag: entity.etag });

  return {
    insert: async (row) => table.insert(jobEntity(row)),
    read: async (jobId) => {
      const { entities } = await table.query(`PartitionKey eq ${odataText(jobId)}`);
      let job: Versioned<JobRow> | undefined;
      let cancel: CancelRow | undefined;
      const attempts: Versioned<AttemptRow>[] = [];
      for (const entity of entities) {
        if (entity.rowKey === JOB) job = versioned(jobRowSchema, entity);
        else if (entity.rowKey === CANCEL) cancel = rowOf(cancelRowSchema, entity, JOBS_TABLE);
        else if (entity.rowKey.startsWith(ATTEMPT)) attempts.push(versioned(attemptRowSchema, entity));
        // A row of another kind is a later version's; it says nothing about these.
      }
      if (job === undefined) return undefined;
      attempts.sort((a, b) => a.row.number - b.row.number);
      return { job, cancel, attempts };
    },
    commit: async (jobId, changes) => {
      const entities = changes.map((change) => entityChange(jobId, change));
      const [only] = entities;
      if (only === undefined) return 'done';
      if (entities.length > 1) return (await table.transact(entities)).kind;
      if (only.kind === 'replace') return table.replace(only.entity, only.etag);
      return (await table.insert(only.entity)) === 'inserted' ? 'done' : 'changed';
    },
  };
}

type JobChange = Extract<EntityChange, { kind: 'insert' | 'replace' }>;

function entityChange(jobId: string, change: RowChange): JobChange {
  if (change.row.jobId !== jobId) {
    throw new TerminalError(
      `A commit for job ${jobId} holds a row of job ${change.row.jobId}: a transaction changes one job only`,
      { jobId, other: change.row.jobId },
    );
  }
  switch (change.kind) {
    case 'replace-job':
      return { kind: 'replace', entity: jobEntity(change.row), etag: change.etag };
    case 'replace-attempt':
      return { kind: 'replace', entity: attemptEntity(change.row), etag: change.etag };
    case 'insert-attempt':
      return { kind: 'insert', entity: attemptEntity(change.row) };
    case 'insert-cancel':
      return { kind: 'insert', entity: cancelEntity(change.row) };
  }
}

function jobEntity(row: JobRow): NewEntity {
  return entityOf(jobRowSchema, { partitionKey: row.jobId, rowKey: JOB }, row, () => ({
    state: row.state,
    outcome: row.outcome,
    reason: row.reason?.code,
    attempt: row.attempt,
    source: row.source,
    submitted: instantText(row.submittedAt),
  }));
}

function attemptEntity(row: AttemptRow): NewEntity {
  const rowKey = `${ATTEMPT}${String(row.number).padStart(ATTEMPT_DIGITS, '0')}`;
  return entityOf(attemptRowSchema, { partitionKey: row.jobId, rowKey }, row, () => ({
    placement: row.placement,
    epoch: row.epoch,
    phase: row.phase,
    verdict: row.verdict?.kind,
    cleanup: row.cleanup,
    admitted: instantText(row.admittedAt),
  }));
}

function cancelEntity(row: CancelRow): NewEntity {
  return entityOf(cancelRowSchema, { partitionKey: row.jobId, rowKey: CANCEL }, row, () => ({
    by: row.by,
    at: instantText(row.at),
  }));
}

/** A text, because a person can't read a number of this size in a table. */
function instantText(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
