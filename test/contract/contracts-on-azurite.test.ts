// The real stores keep the contracts, through the genuine SDKs.
import type { StorageClients } from '../../storage/account/clients';
import { BlobHeldSecrets } from '../../storage/blobs/blob-held-secrets';
import { BlobRejectedStore, REJECTED_CONTAINER } from '../../storage/blobs/blob-rejected-store';
import { BlobResultStore, RESULTS_CONTAINER } from '../../storage/blobs/blob-result-store';
import { BlobSpecStore } from '../../storage/blobs/blob-spec-store';
import { StorageMessageQueue } from '../../storage/queues/storage-message-queue';
import { StorageUnhandledMessages } from '../../storage/queues/storage-unhandled-messages';
import { TableControlStore } from '../../storage/rows/table-control-store';
import { TableHintStore } from '../../storage/rows/table-hint-store';
import { TableJobLists } from '../../storage/rows/table-job-lists';
import { TableJobStore } from '../../storage/rows/table-job-store';
import { TableOwnerStore } from '../../storage/rows/table-owner-store';
import { TablePlacementStore } from '../../storage/rows/table-placement-store';
import { TableScheduleStore } from '../../storage/rows/table-schedule-store';
import { type Azurite, startAzurite } from '../support/azurite';
import { isolatedClients } from '../support/isolated-clients';
import {
  describeHeldSecrets,
  describeRejectedStore,
  describeResultStore,
  describeSpecStore,
} from './blob-stores';
import { describeControlStore } from './control-store';
import { describeHintStore } from './hint-store';
import { describeJobLists } from './job-lists';
import { describeJobStore } from './job-store';
import { describeMessageQueue } from './message-queue';
import { describeOwnerStore } from './owner-store';
import { describePlacementStore } from './placement-store';
import { describeScheduleStore } from './schedule-store';
import { describeUnhandledMessages } from './unhandled-messages';

let azurite: Azurite;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.stop());

function clients(): StorageClients {
  return isolatedClients(azurite.connectionString);
}

describeJobStore('Azurite', () => new TableJobStore(clients()));
describeHintStore('Azurite', () => new TableHintStore(clients()));
describeJobLists('Azurite', () => new TableJobLists(clients()));
describePlacementStore('Azurite', () => new TablePlacementStore(clients()));
describeControlStore('Azurite', () => new TableControlStore(clients()));
describeScheduleStore('Azurite', () => new TableScheduleStore(clients()));
describeOwnerStore('Azurite', () => {
  const shared = clients();
  return (randomBytes) => new TableOwnerStore(shared, randomBytes);
});
describeSpecStore('Azurite', () => new BlobSpecStore(clients()));
describeHeldSecrets('Azurite', () => new BlobHeldSecrets(clients()));
describeResultStore('Azurite', () => {
  const own = clients();
  return {
    store: new BlobResultStore(own),
    read: (jobId) => own.container(RESULTS_CONTAINER).getBlobClient(`${jobId}.json`).downloadToBuffer(),
  };
});
describeRejectedStore('Azurite', () => {
  const own = clients();
  return {
    store: new BlobRejectedStore(own),
    read: (jobId) => own.container(REJECTED_CONTAINER).getBlobClient(jobId).downloadToBuffer(),
  };
});
describeMessageQueue('Azurite', () => {
  const own = clients();
  const client = own.queue('gpu-jobs');
  return {
    queue: new StorageMessageQueue(own, 'gpu-jobs'),
    visible: async () => {
      const { peekedMessageItems } = await client.peekMessages({ numberOfMessages: 32 });
      return peekedMessageItems.map((message) => message.messageText);
    },
    count: async () => (await client.getProperties()).approximateMessagesCount ?? 0,
  };
});
describeUnhandledMessages('Azurite', () => {
  const own = clients();
  const client = own.queue('gpu-jobs-poison');
  return {
    messages: new StorageUnhandledMessages(own, 'gpu-jobs-poison'),
    add: async (text) => {
      await client.createIfNotExists();
      await client.sendMessage(text);
    },
    count: async () => (await client.getProperties()).approximateMessagesCount ?? 0,
  };
});
