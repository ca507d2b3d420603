import { QueueServiceClient } from '@azure/storage-queue';

import { type Azurite, startAzurite } from './azurite';

let azurite: Azurite;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.stop());

test('a message sent to the test storage can be received from it', async () => {
  const queue = QueueServiceClient.fromConnectionString(azurite.connectionString).getQueueClient('hello');
  await queue.create();
  await queue.sendMessage('world');
  const received = await queue.receiveMessages();
  expect(received.receivedMessageItems.map((message) => message.messageText)).toEqual(['world']);
});
