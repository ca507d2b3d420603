import type { AttemptRow } from '../../../domain/attempt/attempt';
import { RetryableError } from '../../../domain/errors';
import type { JobRow } from '../../../domain/job/job';
import { jobSummary } from '../../../domain/lists/job-summary';
import type { JobStore } from '../../../domain/ports/job-store';
import { createListKeeper, type ListKeeper } from '../../../jobs/lists/list-keeper';
import { createListedJobStore } from '../../../jobs/lists/listed-job-store';
import { MemoryJobLists } from '../../support/memory/memory-job-lists';
import { MemoryJobStore } from '../../support/memory/memory-job-store';
import { attemptRow, jobRow, NEW_YEAR, testJobId } from '../../support/rows';

const JOB = testJobId(1);

interface Instance {
  readonly store: JobStore;
  readonly keeper: ListKeeper;
  /** Calls of the stores, in order. */
  readonly calls: string[];
  readonly warned: string[];
}

let rows: MemoryJobStore;
let lists: MemoryJobLists;
beforeEach(() => {
  rows = new MemoryJobStore();
  lists = new MemoryJobLists();
});

/** One process of the app. Its memory is its own; the stores are shared. */
function instance(patience: () => Promise<unknown> = () => new Promise(() => undefined)): Instance {
  const calls: string[] = [];
  const warned: string[] = [];
  const keeper = createListKeeper({
    jobs: { read: (jobId) => (calls.push('rows.read'), rows.read(jobId)) },
    lists: {
      read: (jobId) => (calls.push('lists.read'), lists.read(jobId)),
      write: (summary, previous) => (calls.push('lists.write'), lists.write(summary, previous)),
      page: (...of) => lists.page(...of),
    },
    log: { warn: (message) => void warned.push(message) },
    patience,
  });
  return { store: createListedJobStore(rows, keeper), keeper, calls, warned };
}

async function summaryOfRows(): Promise<unknown> {
  const records = await rows.read(JOB);
  if (records === undefined) throw new Error('There is no job.');
  return jobSummary(records);
}

async function changeJob({ store }: Pick<Instance, 'store'>, change: Partial<JobRow>): Promise<void> {
  const job = (await rows.read(JOB))?.job;
  if (job === undefined) throw new Error('There is no job.');
  await store.commit(JOB, [{ kind: 'replace-job', row: { ...job.row, ...change }, etag: job.etag }]);
}

async function changeAttempt({ store }: Pick<Instance, 'store'>, change: Partial<AttemptRow>): Promise<void> {
  const attempt = (await rows.read(JOB))?.attempts.at(-1);
  if (attempt === undefined) throw new Error('There is no attempt.');
  const row = { ...attempt.row, ...change };
  await store.commit(JOB, [{ kind: 'replace-attempt', row, etag: attempt.etag }]);
}

/** A job whose first attempt is being provisioned, listed by `by`. */
async function active(by: Instance): Promise<void> {
  await by.store.insert(jobRow());
  const etag = (await rows.read(JOB))?.job.etag ?? '';
  await by.store.commit(JOB, [
    { kind: 'replace-job', row: jobRow({ state: 'active', attempt: 1 }), etag },
    { kind: 'insert-attempt', row: attemptRow() },
  ]);
  by.calls.length = 0;
}

describe('the lists follow the rows', () => {
  test('a job is listed once its row is inserted, with one write', async () => {
    const app = instance();
    await app.store.insert(jobRow());
    expect(lists.listed(JOB)?.row).toEqual(await summaryOfRows());
    expect(app.calls).toEqual(['lists.write']);
  });

  test('a submission that is repeated later leaves one entry, of the time of the first', async () => {
    const app = instance();
    await app.store.insert(jobRow());
    expect(await app.store.insert(jobRow({ submittedAt: NEW_YEAR + 1_000 }))).toBe('exists');
    const { jobs } = await lists.page({ listing: { kind: 'all' } }, 10);
    expect(jobs.map(({ createdAt }) => createdAt)).toEqual(['2026-01-01T00:00:00.000Z']);
  });

  test('a change that shows costs one read of the rows and one write', async () => {
    const app = instance();
    await active(app);
    await changeAttempt(app, { phase: 'running' });
    expect(app.calls).toEqual(['rows.read', 'lists.write']);
    expect(lists.listed(JOB)?.row).toMatchObject({ state: 'Running', attempt: 1, placement: 'eastus' });
  });

  test('what a list does not show costs nothing: a heartbeat, a cancel, an announcement', async () => {
    const app = instance();
    await active(app);
    await changeAttempt(app, { heartbeat: NEW_YEAR + 1, nextBy: NEW_YEAR + 2, logBytes: 3 });
    await app.store.commit(JOB, [{ kind: 'insert-cancel', row: { jobId: JOB, at: NEW_YEAR, by: 'person' } }]);
    await changeJob(app, { eventSent: true });
    expect(app.calls).toEqual([]);
  });

  test('an intent is listed with the answer to its create: nothing may stand between intent and PUT', async () => {
    await active(instance());
    const fresh = instance();
    await changeAttempt(fresh, {
      intent: { kind: 'set', nonce: 'n', at: NEW_YEAR },
      gpu: { count: 1, sku: 'V100' },
    });
    expect(fresh.calls).toEqual([]);
    await changeAttempt(fresh, { answer: 'accepted' });
    expect(lists.listed(JOB)?.row).toEqual(await summaryOfRows());
    expect(lists.listed(JOB)?.row).toMatchObject({ gpu: { sku: 'V100' } });
  });

  test('a removal that begins is listed with the end of the job, not before', async () => {
    const app = instance();
    await active(app);
    await changeAttempt(app, { phase: 'archiving' });
    app.calls.length = 0;
    await changeAttempt(app, { cleanup: 'due' });
    await changeAttempt(app, { cleanup: 'requested' });
    expect(app.calls).toEqual([]);
    await changeJob(app, { state: 'over', outcome: 'Succeeded', overAt: NEW_YEAR });
    await changeAttempt(app, { cleanup: 'gone' });
    expect(lists.listed(JOB)?.row).toMatchObject({ state: 'Succeeded', cleanup: 'gone' });
  });

  test('another process goes on from what the lists hold', async () => {
    await active(instance());
    const other = instance();
    await changeAttempt(other, { phase: 'pulling' });
    expect(other.calls).toEqual(['lists.read', 'rows.read', 'lists.write']);
    expect(lists.listed(JOB)?.row.state).toBe('Pulling');
  });

  test('a removal that ends a second time is listed by a process that remembers only the first end', async () => {
    const [one, other] = [instance(), instance()];
    await active(one);
    await changeJob(one, { state: 'over', outcome: 'Canceled', overAt: NEW_YEAR });
    await changeAttempt(one, { cleanup: 'gone' });
    await changeAttempt(other, { cleanup: 'requested' });
    expect(lists.listed(JOB)?.row).toMatchObject({ cleanup: 'requested' });
    await changeAttempt(one, { cleanup: 'gone' });
    expect(lists.listed(JOB)?.row).toMatchObject({ cleanup: 'gone' });
  });

  test('a process whose memory is old finds out, and lists what the rows say now', async () => {
    const [one, other] = [instance(), instance()];
    await active(one);
    await changeAttempt(other, { phase: 'running' });
    await changeAttempt(one, { phase: 'archiving' });
    expect(lists.listed(JOB)?.row).toEqual(await summaryOfRows());
  });

  test('a late writer never puts an older summary over a newer one', async () => {
    const [late, other] = [instance(), instance()];
    await active(late);
    const write = lists.write.bind(lists);
    let others = 0;
    lists.write = async (summary, previous) => {
      // The first write waits while another process ends the job and lists that.
      if ((others += 1) === 1) await changeJob(other, { state: 'over', outcome: 'Failed', overAt: NEW_YEAR });
      return write(summary, previous);
    };
    await changeAttempt(late, { phase: 'running' });
    expect(lists.listed(JOB)?.row.state).toBe('Failed');
  });
});

test('the whole life of a job costs 14 requests on one instance, whatever it is polled', async () => {
  const app = instance();
  await app.store.insert(jobRow());
  const etag = (await rows.read(JOB))?.job.etag ?? '';
  await app.store.commit(JOB, [
    { kind: 'replace-job', row: jobRow({ state: 'active', attempt: 1 }), etag },
    { kind: 'insert-attempt', row: attemptRow() },
  ]);
  for (const phase of ['pulling', 'running', 'archiving'] as const) {
    await changeAttempt(app, { phase });
    for (let poll = 1; poll <= 5; poll += 1) await changeAttempt(app, { heartbeat: NEW_YEAR + poll });
  }
  await changeAttempt(app, { cleanup: 'due' });
  await changeAttempt(app, { cleanup: 'requested' });
  await changeJob(app, { state: 'over', outcome: 'Succeeded', overAt: NEW_YEAR });
  await changeJob(app, { eventSent: true });
  await changeAttempt(app, { cleanup: 'gone' });
  const records = await rows.read(JOB);
  if (records === undefined) throw new Error('There is no job.');
  await app.keeper.check(records); // The sweep does this before the index forgets the job.
  expect(app.calls).toHaveLength(14);
  expect(lists.listed(JOB)?.row).toEqual(await summaryOfRows());
});

describe('a list that cannot be written', () => {
  const down = (): Promise<never> => Promise.reject(new RetryableError('away'));

  test('fails no write of a row, is logged, and is repaired by the sweep', async () => {
    const app = instance();
    await active(app);
    const write = lists.write.bind(lists);
    lists.write = down;
    await changeAttempt(app, { phase: 'running' });
    expect(app.warned).toEqual([expect.stringContaining(`Job ${JOB} stands in the lists as it was`)]);
    lists.write = write;
    const records = await rows.read(JOB);
    if (records === undefined) throw new Error('There is no job.');
    await app.keeper.check(records);
    expect(lists.listed(JOB)?.row.state).toBe('Running');
  });

  test('keeps no write of a row waiting for longer than its patience', async () => {
    const app = instance(() => Promise.resolve());
    lists.write = () => new Promise(() => undefined);
    expect(await app.store.insert(jobRow())).toBe('inserted');
  });

  test('makes the sweep fail for that job, so that the index keeps it', async () => {
    await active(instance());
    await rows.commit(JOB, [{ kind: 'insert-attempt', row: attemptRow({ number: 2 }) }]);
    const records = await rows.read(JOB);
    if (records === undefined) throw new Error('There is no job.');
    lists.read = down;
    await expect(instance().keeper.check(records)).rejects.toThrow(RetryableError);
  });
});

describe('the sweep’s check', () => {
  test('costs no request for a job that this process has listed and that goes on', async () => {
    const app = instance();
    await active(app);
    const records = await rows.read(JOB);
    if (records === undefined) throw new Error('There is no job.');
    await app.keeper.check(records);
    expect(app.calls).toEqual([]);
  });

  test('lists a job whose process died between the row and the lists', async () => {
    await rows.insert(jobRow());
    const records = await rows.read(JOB);
    if (records === undefined) throw new Error('There is no job.');
    await instance().keeper.check(records);
    expect(lists.listed(JOB)?.row).toEqual(await summaryOfRows());
  });

  test('reads the lists of a job that is over, whatever this process remembers', async () => {
    const [app, other] = [instance(), instance()];
    await active(app);
    await changeJob(app, { state: 'over', outcome: 'Failed', overAt: NEW_YEAR });
    await changeAttempt(other, { cleanup: 'gone' });
    await changeAttempt({ store: rows }, { cleanup: 'requested' }); // It was reopened by a process that died then.
    const records = await rows.read(JOB);
    if (records === undefined) throw new Error('There is no job.');
    await app.keeper.check(records);
    expect(lists.listed(JOB)?.row.cleanup).toBe('requested');
  });

  test('remembers a bounded number of jobs, and forgets none of their changes', async () => {
    const app = instance();
    for (let n = 2; n < 2_100; n += 1) await app.store.insert(jobRow({ jobId: testJobId(n) }));
    await active(app);
    const first = await rows.read(testJobId(2));
    if (first === undefined) throw new Error('There is no job.');
    await app.store.commit(testJobId(2), [
      {
        kind: 'replace-job',
        row: { ...first.job.row, state: 'over', outcome: 'Canceled' },
        etag: first.job.etag,
      },
    ]);
    expect(app.calls).toEqual(['lists.read', 'rows.read', 'lists.write']);
  });
});
