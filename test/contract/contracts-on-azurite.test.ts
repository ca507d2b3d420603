// The real stores keep the contracts, through the genuine SDKs.
import type { StorageClients } from '../../storage/account/clients';
import { createBlobHeldSecrets } from '../../storage/blobs/blob-held-secrets';
import { createBlobRejectedStore, REJECTED_CONTAINER } from '../../storage/blobs/blob-rejected-store';
import { createBlobResultStore, RESULTS_CONTAINER } from '../../storage/blobs/blob-result-store';
import { createBlobSpecStore } from '../../storage/blobs/blob-spec-store';
import { createStorageMessageQueue } from '../../storage/queues/storage-message-queue';
import { createStorageUnhandledMessages } from '../../storage/queues/storage-unhandled-messages';
import { createTableControlStore } from '../../storage/rows/table-control-store';
import { createTableGroupStore } from '../../storage/rows/table-group-store';
import { createTableHintStore } from '../../storage/rows/table-hint-store';
import { createTableJobLists } from '../../storage/rows/table-job-lists';
import { createTableJobStore } from '../../storage/rows/table-job-store';
import { createTableOwnerStore } from '../../storage/rows/table-owner-store';
import { createTablePlacementStore } from '../../storage/rows/table-placement-store';
import { createTableScheduleStore } from '../../storage/rows/table-schedule-store';
import { type Azurite, startAzurite } from '../support/azurite';
import { isolatedClients } from '../support/isolated-clients';
import {
  describeHeldSecrets,
  describeRejectedStore,
  describeResultStore,
  describeSpecStore,
} from './blob-stores';
import { describeControlStore } from './control-store';
import { describeGroupStore } from './group-store';
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

describeJobStore('Azurite', () => createTableJobStore(clients()));
describeGroupStore('Azurite', () => createTableGroupStore(clients()));
describeHintStore('Azurite', () => createTableHintStore(clients()));
describeJobLists('Azurite', () => createTableJobLists(clients()));
describePlacementStore('Azurite', () => createTablePlacementStore(clients()));
describeControlStore('Azurite', () => createTableControlStore(clients()));
describeScheduleStore('Azurite', () => createTableScheduleStore(clients()));
describeOwnerStore('Azurite', () => {
  const shared = clients();
  return (randomBytes) => createTableOwnerStore(shared, randomBytes);
});
describeSpecStore('Azurite', () => createBlobSpecStore(clients()));
describeHeldSecrets('Azurite', () => createBlobHeldSecrets(clients()));
describeResultStore('Azurite', () => {
  const own = clients();
  return {
    store: createBlobResultStore(own),
    read: (jobId) => own.container(RESULTS_CONTAINER).getBlobClient(`${jobId}.json`).downloadToBuffer(),
  };
});
describeRejectedStore('Azurite', () => {
  const own = clients();
  return {
    store: createBlobRejectedStore(own),
    read: (jobId) => own.container(REJECTED_CONTAINER).getBlobClient(jobId).downloadToBuffer(),
  };
});
describeMessageQueue('Azurite', () => {
  const own = clients();
  const client = own.queue('gpu-jobs');
  return {
    queue: createStorageMessageQueue(own, 'gpu-jobs'),
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
    messages: createStorageUnhandledMessages(own, 'gpu-jobs-poison'),
    add: async (text) => {
      await client.createIfNotExists();
      await client.sendMessage(text);
    },
    count: async () => (await client.getProperties()).approximateMessagesCount ?? 0,
  };
});
