// Storage is paid by the transaction, and each costs a round trip. An operation sends one request and no more, once its
// store exists.
import { randomBytes } from 'node:crypto';

import { jobSummary } from '../../../domain/lists/job-summary';
import { createBlobHeldSecrets } from '../../../storage/blobs/blob-held-secrets';
import { createBlobRejectedStore } from '../../../storage/blobs/blob-rejected-store';
import { createBlobResultStore } from '../../../storage/blobs/blob-result-store';
import { createBlobSpecStore } from '../../../storage/blobs/blob-spec-store';
import { createStorageMessageQueue } from '../../../storage/queues/storage-message-queue';
import { createTableHintStore } from '../../../storage/rows/table-hint-store';
import { createTableJobLists } from '../../../storage/rows/table-job-lists';
import { createTableJobStore } from '../../../storage/rows/table-job-store';
import { createTableOwnerStore } from '../../../storage/rows/table-owner-store';
import { createTablePlacementStore } from '../../../storage/rows/table-placement-store';
import { createTableScheduleStore } from '../../../storage/rows/table-schedule-store';
import { type Azurite, startAzurite } from '../../support/azurite';
import { isolatedClients } from '../../support/isolated-clients';
import { attemptRow, jobRow, NEW_YEAR, testJobId } from '../../support/rows';
import { scheduleRow } from '../../support/schedule-rows';
import { requestsOf } from '../../support/storage-requests';

let azurite: Azurite;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.stop());

const JOB = testJobId(1);

async function countOf(act: () => Promise<unknown>): Promise<number> {
  return (await requestsOf(act)).length;
}

test('a job is inserted, read and changed with one request each, two rows at once too', async () => {
  const store = createTableJobStore(isolatedClients(azurite.connectionString));
  await store.insert(jobRow({ jobId: testJobId(2) }));

  expect(await countOf(() => store.insert(jobRow()))).toBe(1);
  expect(await countOf(() => store.insert(jobRow()))).toBe(1);
  for (let number = 1; number <= 5; number++) {
    await store.commit(JOB, [{ kind: 'insert-attempt', row: attemptRow({ number }) }]);
  }
  expect(await countOf(() => store.read(JOB))).toBe(1);
  const records = await store.read(JOB);
  const etag = records?.job.etag ?? '';
  expect(
    await countOf(() =>
      store.commit(JOB, [
        { kind: 'replace-job', row: jobRow({ attempt: 1 }), etag },
        { kind: 'insert-attempt', row: attemptRow({ number: 6 }) },
      ]),
    ),
  ).toBe(1);
  expect(await countOf(() => store.commit(JOB, [{ kind: 'replace-job', row: jobRow(), etag }]))).toBe(1);
});

test('a table that is absent costs two requests more, once', async () => {
  const store = createTableJobStore(isolatedClients(azurite.connectionString));
  const requests = await requestsOf(() => store.insert(jobRow()));
  expect(requests.map((request) => request.replace(/^(\w+) .*\/(\w+)$/, '$1 $2'))).toEqual([
    expect.stringMatching(/^POST GpuJobs/),
    'POST Tables',
    expect.stringMatching(/^POST GpuJobs/),
  ]);
  expect(await countOf(() => store.insert(jobRow({ jobId: testJobId(2) })))).toBe(1);
});

test('reading a table that is absent does not create it', async () => {
  const store = createTableJobStore(isolatedClients(azurite.connectionString));
  expect(await countOf(() => store.read(JOB))).toBe(1);
  expect(await countOf(() => store.read(JOB))).toBe(1);
});

test('a hint costs a request', async () => {
  const store = createTableHintStore(isolatedClients(azurite.connectionString));
  const hint = { key: '1', jobId: JOB, attempt: 1, writtenAt: NEW_YEAR };
  await store.addWaiting(hint);
  await store.addJob(JOB);

  expect(await countOf(() => store.addWaiting(hint))).toBe(1);
  expect(await countOf(() => store.listWaiting())).toBe(1);
  expect(await countOf(() => store.removeWaiting('1'))).toBe(1);
  expect(await countOf(() => store.addJob(JOB))).toBe(1);
  expect(await countOf(() => store.listUnfinished())).toBe(1);
  expect(await countOf(() => store.removeUnfinished(JOB))).toBe(1);
});

test('the list entries of a job are read, written and paged through with one request each', async () => {
  const lists = createTableJobLists(isolatedClients(azurite.connectionString));
  const summary = jobSummary({ job: { row: jobRow(), etag: '' }, cancel: undefined, attempts: [] });
  await lists.write({ ...summary, id: testJobId(2) }, undefined);

  expect(await countOf(() => lists.write(summary, undefined))).toBe(1);
  expect(await countOf(() => lists.read(JOB))).toBe(1);
  const listed = await lists.read(JOB);
  expect(await countOf(() => lists.write({ ...summary, state: 'Running' }, listed))).toBe(1);
  expect(await countOf(() => lists.page({ listing: { kind: 'all' } }, 50))).toBe(1);
});

test('the owner is asked for once a process', async () => {
  const clients = isolatedClients(azurite.connectionString);
  await createTableOwnerStore(clients, randomBytes).get();
  const store = createTableOwnerStore(clients, randomBytes);
  expect(await countOf(() => Promise.all([store.get(), store.get()]))).toBe(1);
  expect(await countOf(() => store.get())).toBe(0);
});

test('placements and schedules cost a request a read and a request a write', async () => {
  const clients = isolatedClients(azurite.connectionString);
  const placements = createTablePlacementStore(clients);
  const schedules = createTableScheduleStore(clients);
  const first = await placements.read('eastus');
  await placements.write(first.row, first.etag);
  await schedules.insert(scheduleRow({ firedThrough: 1 }));

  const { row, etag } = await placements.read('eastus');
  expect(await countOf(() => placements.read('eastus'))).toBe(1);
  expect(await countOf(() => placements.write(row, etag))).toBe(1);
  const schedule = await schedules.read('nightly');
  expect(await countOf(() => schedules.read('nightly'))).toBe(1);
  expect(await countOf(() => schedules.list())).toBe(1);
  expect(await countOf(() => schedules.write(scheduleRow({ firedThrough: 2 }), schedule?.etag ?? ''))).toBe(
    1,
  );
});

test('a blob costs a request to write and a request to read', async () => {
  const clients = isolatedClients(azurite.connectionString);
  const specs = createBlobSpecStore(clients);
  const secrets = createBlobHeldSecrets(clients);
  const results = createBlobResultStore(clients);
  const rejected = createBlobRejectedStore(clients);
  await specs.put('h', { image: 'a' });
  await secrets.put(JOB, 'h', { A: '1' });
  await results.put(JOB, {});
  await rejected.put(JOB, Buffer.alloc(0));

  expect(await countOf(() => specs.put('h', { image: 'a' }))).toBe(1);
  expect(await countOf(() => specs.put('h2', { image: 'a' }))).toBe(1);
  expect(await countOf(() => specs.get('h'))).toBe(1);
  expect(await countOf(() => secrets.put(JOB, 'h', { A: '1' }))).toBe(1);
  expect(await countOf(() => secrets.get(JOB, 'h'))).toBe(1);
  expect(await countOf(() => secrets.listJobs())).toBe(1);
  expect(await countOf(() => secrets.remove(JOB))).toBe(2);
  expect(await countOf(() => secrets.remove(JOB))).toBe(1);
  expect(await countOf(() => results.put(JOB, {}))).toBe(1);
  expect(await countOf(() => rejected.put(JOB, Buffer.alloc(0)))).toBe(1);
});

test('a message costs a request', async () => {
  const queue = createStorageMessageQueue(isolatedClients(azurite.connectionString), 'gpu-jobs');
  await queue.send('{}');
  expect(await countOf(() => queue.send('{}', { delaySeconds: 5 }))).toBe(1);
});
