// What the tables hold beyond the contracts: rows of other versions, damage, many pages, columns for people.
import { TerminalError } from '../../../domain/errors';
import type { JobStore } from '../../../domain/ports/job-store';
import type { StorageClients } from '../../../storage/account/clients';
import { createLazyTable } from '../../../storage/rows/lazy-table';
import { createTableHintStore, WAITING_TABLE } from '../../../storage/rows/table-hint-store';
import { createTableJobStore, JOBS_TABLE } from '../../../storage/rows/table-job-store';
import { createTableOwnerStore, OWNER_TABLE } from '../../../storage/rows/table-owner-store';
import { type Azurite, startAzurite } from '../../support/azurite';
import { isolatedClients } from '../../support/isolated-clients';
import { attemptRow, cancelRow, jobRow, testJobId } from '../../support/rows';

let azurite: Azurite;
let clients: StorageClients;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.stop());
beforeEach(() => {
  clients = isolatedClients(azurite.connectionString);
});

const JOB = testJobId(1);

describe('a job’s partition', () => {
  let store: JobStore;
  beforeEach(async () => {
    store = createTableJobStore(clients);
    await store.insert(jobRow());
  });

  test.each([
    ['no JSON', '{'],
    ['another shape', '{"jobId":7}'],
    ['a null', 'null'],
  ])('a job row that holds %s is an error that names it, never an absence', async (_, row) => {
    await clients.table(JOBS_TABLE).upsertEntity({ partitionKey: JOB, rowKey: 'job', row }, 'Replace');
    await expect(store.read(JOB)).rejects.toThrow(TerminalError);
    await expect(store.read(JOB)).rejects.toThrow(`${JOB}/job of table ${JOBS_TABLE}`);
  });

  test.each(['cancel', 'attempt-0001'])('a damaged %s row is an error too', async (rowKey) => {
    await clients.table(JOBS_TABLE).createEntity({ partitionKey: JOB, rowKey, other: 'column' });
    await expect(store.read(JOB)).rejects.toThrow(`${JOB}/${rowKey}`);
  });

  test('a row of a kind that only a later version knows does not stand in the way', async () => {
    await clients.table(JOBS_TABLE).createEntity({ partitionKey: JOB, rowKey: 'delivery', row: '{}' });
    expect((await store.read(JOB))?.job.row).toEqual(jobRow());
  });

  test('shows a person what matters without reading JSON', async () => {
    await store.commit(JOB, [
      {
        kind: 'insert-attempt',
        row: attemptRow({ cleanup: 'due', verdict: { kind: 'succeeded', exitCode: 0 } }),
      },
      { kind: 'insert-cancel', row: cancelRow() },
    ]);
    const table = clients.table(JOBS_TABLE);
    expect(await table.getEntity(JOB, 'job')).toMatchObject({
      state: 'waiting',
      source: 'http',
      submitted: '2026-01-01T00:00:00.000Z',
    });
    expect(await table.getEntity(JOB, 'attempt-0001')).toMatchObject({
      epoch: 1,
      cleanup: 'due',
      verdict: 'succeeded',
      placement: 'eastus',
    });
    expect(await table.getEntity(JOB, 'cancel')).toMatchObject({ by: 'person' });
  });

  test.each(['', '*'])('a replace on the ETag "%s" is refused: it would be unconditional', async (etag) => {
    const one = store.commit(JOB, [{ kind: 'replace-job', row: jobRow({ state: 'over' }), etag }]);
    await expect(one).rejects.toThrow(/needs the ETag that was read/);
    const two = store.commit(JOB, [
      { kind: 'insert-attempt', row: attemptRow() },
      { kind: 'replace-job', row: jobRow({ state: 'over' }), etag },
    ]);
    await expect(two).rejects.toThrow(/needs the ETag that was read/);
    expect(await store.read(JOB)).toMatchObject({ job: { row: { state: 'waiting' } }, attempts: [] });
  });

  test('the same row twice in one commit is refused', async () => {
    const twice = store.commit(JOB, [
      { kind: 'insert-cancel', row: cancelRow() },
      { kind: 'insert-cancel', row: cancelRow() },
    ]);
    await expect(twice).rejects.toThrow(TerminalError);
    expect((await store.read(JOB))?.cancel).toBeUndefined();
  });
});

test('a list longer than a page of the service comes back whole and in order', async () => {
  const keys = Array.from({ length: 1_100 }, (_, index) => String(index).padStart(14, '0'));
  const table = createLazyTable(clients, WAITING_TABLE);
  for (let from = 0; from < keys.length; from += 100) {
    await table.transact(
      keys.slice(from, from + 100).map((key) => ({
        kind: 'insert',
        entity: {
          partitionKey: 'all',
          rowKey: key,
          row: JSON.stringify({ key, jobId: JOB, attempt: 1, writtenAt: 0 }),
        },
      })),
    );
  }
  const waiting = await createTableHintStore(clients).listWaiting();
  expect(waiting.map((hint) => hint.key)).toEqual(keys);
});

test('the owner is asked for again after a failure, and not after an answer', async () => {
  const table = clients.table(OWNER_TABLE);
  const reads = jest.spyOn(table, 'getEntity');
  reads.mockRejectedValueOnce(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
  const store = createTableOwnerStore(clients, (size) => Buffer.alloc(size, 1));
  await expect(store.get()).rejects.toMatchObject({ name: 'RetryableError' });
  const owner = await store.get();
  reads.mockRejectedValue(new Error('is not asked'));
  expect(await store.get()).toEqual(owner);
});
