// What is stored under an earlier name of a spec's member is read under the present one.
import type { StorageClients } from '../../storage/account/clients';
import { createBlobSpecStore } from '../../storage/blobs/blob-spec-store';
import { jsonBytes } from '../../storage/blobs/json-blob';
import { createTableScheduleStore } from '../../storage/rows/table-schedule-store';
import { type Azurite, startAzurite } from '../support/azurite';
import { isolatedClients } from '../support/isolated-clients';
import { scheduleRow } from '../support/schedule-rows';

const NODES = { nodeSelector: { accelerator: 'nvidia' } };

let azurite: Azurite;
let clients: StorageClients;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.stop());
beforeEach(() => {
  clients = isolatedClients(azurite.connectionString);
});

test("a spec stored with `aks` keeps its cluster's nodes", async () => {
  const container = clients.container('job-specs');
  await container.createIfNotExists();
  const bytes = jsonBytes({ image: 'a:1', aks: NODES });
  await container.getBlockBlobClient('0a.json').upload(bytes, bytes.length);
  expect(await createBlobSpecStore(clients).get('0a')).toEqual({ image: 'a:1', kubernetes: NODES });
});

test("a schedule stored with `aks` keeps its cluster's nodes", async () => {
  const schedules = createTableScheduleStore(clients);
  const spec = { image: 'a:1', aks: NODES };
  await schedules.insert(
    scheduleRow({
      definition: { cron: '0 3 * * *', timeZone: 'UTC', spec, overlap: 'allow', catchUp: 'skip' },
    }),
  );
  const [stored] = await schedules.list();
  expect(stored?.row.definition?.spec).toEqual({ image: 'a:1', kubernetes: NODES });
});

test('a schedule of the settings, which has no spec, is read as it is', async () => {
  const schedules = createTableScheduleStore(clients);
  await schedules.insert(scheduleRow());
  expect((await schedules.read('nightly'))?.row).toEqual(scheduleRow());
});
