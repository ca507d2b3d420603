// Measures what a page of each list costs, where the genuine Tables SDK sends its requests.
import { z } from 'zod';

import type { AttemptRow } from '../../domain/attempt/attempt';
import type { JobRow } from '../../domain/job/job';
import { jobSummary } from '../../domain/lists/job-summary';
import type { JobFilter } from '../../jobs/lists/job-filter';
import { listJobs } from '../../jobs/lists/list-jobs';
import { createListKeeper, type ListKeeper } from '../../jobs/lists/list-keeper';
import { createListedJobStore } from '../../jobs/lists/listed-job-store';
import type { StorageClients } from '../../storage/account/clients';
import { createLazyTable, type EntityChange } from '../../storage/rows/lazy-table';
import { createTableJobLists, entitiesOf, LISTS_TABLE } from '../../storage/rows/table-job-lists';
import { createTableJobStore } from '../../storage/rows/table-job-store';
import { attemptRow, jobRow, NEW_YEAR, testJobId } from '../../test/support/rows';
import { requestsOf } from '../../test/support/storage-requests';

export interface PageCost {
  readonly list: string;
  readonly page: number;
  readonly jobs: number;
  readonly requests: number;
  /** Rows in the answers. Each list is one range of keys, so the service reads no other rows. */
  readonly entities: number;
}

const MINUTE = 60_000;
/** Jobs in one transaction. A transaction holds a hundred rows, and a job has at most six here. */
const JOBS_A_TRANSACTION = 16;
/** How many transactions are written at the same time. */
const WRITERS = 8;

const FILTERS: Readonly<Record<string, JobFilter>> = {
  all: {},
  'state=Succeeded': { states: ['Succeeded'] },
  'state=Running': { states: ['Running'] },
  'label=team=vision': { labels: { team: 'vision' } },
  'schedule=nightly': { schedule: 'nightly' },
};

/** Reads, with `jobs` stored jobs, the first, the second and a middle page of 50 of each list. */
export async function measureListCosts(clients: StorageClients, jobs: number): Promise<PageCost[]> {
  const answers = { entities: 0 };
  const keeper = createKeeper(counting(clients, answers));
  const costs: PageCost[] = [];
  const middle = new Date(NEW_YEAR + (jobs / 2) * MINUTE).toISOString();
  for (const [name, filter] of Object.entries(FILTERS)) {
    let continuation: string | undefined;
    const ask = async (page: number, of: JobFilter): Promise<void> => {
      let listed = 0;
      answers.entities = 0;
      const requests = await requestsOf(async () => {
        const answer = await listJobs(keeper, of, 50, continuation);
        listed = answer.jobs.length;
        continuation = answer.continuation;
      });
      costs.push({ list: name, page, jobs: listed, requests: requests.length, entities: answers.entities });
    };
    await ask(1, filter);
    if (continuation !== undefined) await ask(2, filter);
    continuation = undefined;
    await ask(0, { ...filter, until: middle });
  }
  return costs;
}

function createKeeper(clients: StorageClients): ListKeeper {
  return createListKeeper({
    jobs: createTableJobStore(clients),
    lists: createTableJobLists(clients),
    log: {
      warn: (message) => {
        throw new Error(message);
      },
    },
    patience: () => new Promise(() => undefined),
  });
}

/** Stores jobs as the app does: each job's row, then its list entries. */
export async function storeJobs(clients: StorageClients, jobs: number): Promise<void> {
  const store = createListedJobStore(createTableJobStore(clients), createKeeper(clients));
  let next = 0;
  const write = async (): Promise<void> => {
    while (next < jobs) {
      const n = next;
      next += 1;
      const row = someJob(n);
      await store.insert(row);
      if (row.state === 'active') {
        await store.commit(row.jobId, [{ kind: 'insert-attempt', row: runningAttempt(row) }]);
      }
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
}

/** Stores the list entries alone, many jobs in a transaction, because lists are read without the jobs' rows. */
export async function storeEntries(
  clients: StorageClients,
  jobs: number,
  onStored: (stored: number) => void,
): Promise<void> {
  const table = createLazyTable(clients, LISTS_TABLE);
  for (let n = 0; n < jobs; n += JOBS_A_TRANSACTION) {
    const some = Array.from({ length: Math.min(JOBS_A_TRANSACTION, jobs - n) }, (_, index) =>
      someJob(n + index),
    );
    const changes = some.flatMap((row): EntityChange[] => {
      const attempts = row.state === 'active' ? [{ row: runningAttempt(row), etag: '' }] : [];
      const { guard, entries } = entitiesOf(
        jobSummary({ job: { row, etag: '' }, cancel: undefined, attempts }),
      );
      return [guard, ...entries].map((entity) => ({ kind: 'insert', entity }));
    });
    const written = await table.transact(changes);
    if (written.kind === 'changed') throw new Error(`Jobs ${n} and up are stored already.`);
    onStored(n + some.length);
  }
}

function runningAttempt({ jobId }: JobRow): AttemptRow {
  return attemptRow({ jobId, phase: 'running' });
}

/**
 * A job of its own minute. Most have succeeded, some failed, wait or run; half belong to one team, a tenth to one
 * schedule.
 */
export function someJob(n: number): JobRow {
  const jobId = testJobId(n);
  const submittedAt = NEW_YEAR + n * MINUTE;
  const labels = { team: n % 2 === 0 ? 'vision' : 'speech', run: String(n) };
  const schedule = n % 10 === 0 ? { schedule: 'nightly', source: 'schedule' as const } : {};
  const row = jobRow({ jobId, submittedAt, labels, ...schedule });
  if (n % 20 === 3) return row;
  if (n % 20 === 7) return { ...row, state: 'active', attempt: 1 };
  return {
    ...row,
    state: 'over',
    outcome: n % 5 === 1 ? 'Failed' : 'Succeeded',
    overAt: submittedAt + MINUTE,
  };
}

const pageSchema = z.object({ value: z.array(z.unknown()) });

/** The same clients, which count the rows of their answers in the SDK's own pipeline. */
function counting(clients: StorageClients, answers: { entities: number }): StorageClients {
  const seen = new Set<string>();
  return {
    ...clients,
    table: (name) => {
      const client = clients.table(name);
      if (seen.has(name)) return client;
      seen.add(name);
      client.pipeline.addPolicy({
        name: 'count entities',
        sendRequest: async (request, next) => {
          const response = await next(request);
          if (request.method !== 'GET') return response;
          const page = pageSchema.safeParse(JSON.parse(response.bodyAsText ?? 'null'));
          answers.entities += page.success ? page.data.value.length : 1;
          return response;
        },
      });
      return client;
    },
  };
}
