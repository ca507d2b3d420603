// A store that gives no definite answer is neither an absence nor a success: every operation rejects with
// RetryableError (I3).
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';

import { RetryableError } from '../../../domain/errors';
import { jobSummary } from '../../../domain/lists/job-summary';
import type { StorageClients } from '../../../storage/account/clients';
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
import { AZURITE_ACCOUNT, AZURITE_KEY } from '../../support/azurite';
import { isolatedClients } from '../../support/isolated-clients';
import { attemptRow, cancelRow, jobRow, testJobId } from '../../support/rows';

const JOB = testJobId(1);
const SUMMARY = jobSummary({ job: { row: jobRow(), etag: '' }, cancel: undefined, attempts: [] });
const ETAG = `W/"datetime'2026-01-01T00%3A00%3A00.0000000Z'"`;

const OPERATIONS: readonly (readonly [string, (clients: StorageClients) => Promise<unknown>])[] = [
  ['JobStore.insert', (clients) => createTableJobStore(clients).insert(jobRow())],
  ['JobStore.read', (clients) => createTableJobStore(clients).read(JOB)],
  [
    'JobStore.commit of one row',
    (clients) =>
      createTableJobStore(clients).commit(JOB, [{ kind: 'replace-job', row: jobRow(), etag: ETAG }]),
  ],
  [
    'JobStore.commit of an insert',
    (clients) => createTableJobStore(clients).commit(JOB, [{ kind: 'insert-cancel', row: cancelRow() }]),
  ],
  [
    'JobStore.commit of two rows',
    (clients) =>
      createTableJobStore(clients).commit(JOB, [
        { kind: 'replace-job', row: jobRow(), etag: ETAG },
        { kind: 'insert-attempt', row: attemptRow() },
      ]),
  ],
  [
    'HintStore.addWaiting',
    (clients) => createTableHintStore(clients).addWaiting({ key: 'k', jobId: JOB, attempt: 1, writtenAt: 0 }),
  ],
  ['HintStore.listWaiting', (clients) => createTableHintStore(clients).listWaiting()],
  ['HintStore.removeWaiting', (clients) => createTableHintStore(clients).removeWaiting('k')],
  ['HintStore.addJob', (clients) => createTableHintStore(clients).addJob(JOB)],
  ['HintStore.listUnfinished', (clients) => createTableHintStore(clients).listUnfinished()],
  ['JobLists.read', (clients) => createTableJobLists(clients).read(JOB)],
  ['JobLists.write', (clients) => createTableJobLists(clients).write(SUMMARY, undefined)],
  ['JobLists.page', (clients) => createTableJobLists(clients).page({ listing: { kind: 'all' } }, 5)],
  ['PlacementStore.read', (clients) => createTablePlacementStore(clients).read('eastus')],
  [
    'PlacementStore.write',
    (clients) =>
      createTablePlacementStore(clients).write({ placement: 'p', holders: {}, recentCreations: [] }, ETAG),
  ],
  ['ScheduleStore.read', (clients) => createTableScheduleStore(clients).read('nightly')],
  ['OwnerStore.get', (clients) => createTableOwnerStore(clients, randomBytes).get()],
  ['SpecStore.put', (clients) => createBlobSpecStore(clients).put('h', { image: 'a' })],
  ['SpecStore.get', (clients) => createBlobSpecStore(clients).get('h')],
  ['HeldSecrets.get', (clients) => createBlobHeldSecrets(clients).get(JOB, 'h')],
  ['HeldSecrets.remove', (clients) => createBlobHeldSecrets(clients).remove(JOB)],
  ['HeldSecrets.listJobs', (clients) => createBlobHeldSecrets(clients).listJobs()],
  ['ResultStore.put', (clients) => createBlobResultStore(clients).put(JOB, {})],
  ['RejectedStore.put', (clients) => createBlobRejectedStore(clients).put(JOB, Buffer.from('x'))],
  ['MessageQueue.send', (clients) => createStorageMessageQueue(clients, 'gpu-jobs').send('{}')],
];

function clientsAt(port: number, callLimitMs?: number): StorageClients {
  const parts = ['Blob', 'Queue', 'Table'].map(
    (service) => `${service}Endpoint=http://127.0.0.1:${port}/${AZURITE_ACCOUNT}`,
  );
  return isolatedClients(
    [
      'DefaultEndpointsProtocol=http',
      `AccountName=${AZURITE_ACCOUNT}`,
      `AccountKey=${AZURITE_KEY}`,
      ...parts,
    ].join(';'),
    callLimitMs,
  );
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

describe('where nothing listens', () => {
  let port: number;
  beforeAll(async () => {
    const server = createServer();
    port = await listening(server);
    await closed(server);
  });

  test.concurrent.each(OPERATIONS)('%s may be repeated', async (_, operate) => {
    await expect(operate(clientsAt(port))).rejects.toMatchObject({
      name: 'RetryableError',
      message: expect.stringContaining('ECONNREFUSED') as string,
      cause: expect.anything() as unknown,
    });
  });
});

describe('where a server listens and never answers', () => {
  const server = createServer(() => undefined);
  let port: number;
  beforeAll(async () => {
    port = await listening(server);
  });
  afterAll(() => closed(server));

  test.concurrent.each(OPERATIONS)('%s ends in time and may be repeated', async (_, operate) => {
    await expect(operate(clientsAt(port, 150))).rejects.toThrow(RetryableError);
  });
});

describe.each([500, 503, 429])('where the service answers %d', (status) => {
  const server = createServer((_, response) => void response.writeHead(status).end());
  let port: number;
  beforeAll(async () => {
    port = await listening(server);
  });
  afterAll(() => closed(server));

  test.concurrent.each(OPERATIONS)('%s may be repeated', async (_, operate) => {
    await expect(operate(clientsAt(port))).rejects.toMatchObject({
      name: 'RetryableError',
      facts: { status },
    });
  });
});

describe('where the connection breaks in mid-answer', () => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000', etag: '"1"' });
    response.write('{"value":[', () => response.destroy());
  });
  let port: number;
  beforeAll(async () => {
    port = await listening(server);
  });
  afterAll(() => closed(server));

  test.concurrent.each(OPERATIONS.filter(([name]) => /read|get|list/.test(name)))(
    '%s may be repeated',
    async (_, operate) => {
      await expect(operate(clientsAt(port, 2_000))).rejects.toThrow(RetryableError);
    },
  );
});
