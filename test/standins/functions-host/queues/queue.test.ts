import { once } from 'node:events';
import { createServer } from 'node:net';

import { type QueueClient, QueueServiceClient } from '@azure/storage-queue';

import { type Azurite, AZURITE_ACCOUNT, startAzurite } from '../../../support/azurite';
import { eventually, type HostProcess, startFunctionsHost } from '../../../support/functions-host';
import { HOST_APP, type Recorded, type Scratch, scratch } from '../recorded';

let azurite: Azurite;
let own: Scratch;
let host: HostProcess;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.stop());
afterEach(async () => {
  await host.kill();
  own.remove();
});

const queueNamed = (name: string): QueueClient =>
  QueueServiceClient.fromConnectionString(azurite.connectionString).getQueueClient(name);

const start = async (environment: Readonly<Record<string, string>> = {}): Promise<void> => {
  host = await startFunctionsHost(HOST_APP, {
    ...own.environment,
    AzureWebJobsStorage: azurite.connectionString,
    ...environment,
  });
};

const recorded = (at: string): readonly Recorded[] => own.recorded().filter((entry) => entry.at === at);

const isEmpty = async (queue: QueueClient): Promise<true | undefined> =>
  ((await queue.getProperties()).approximateMessagesCount ?? 0) === 0 ? true : undefined;

test('a message reaches the function parsed, with the metadata of the queue and of its own properties, and is deleted', async () => {
  own = scratch();
  const queue = queueNamed('plain');
  await start({ WORK_QUEUE: 'plain' });
  await eventually('the queue is made', async () => ((await queue.exists()) ? true : undefined));
  const sent = await queue.sendMessage('{"name":"job","count":3,"flag":true,"deep":{"a":1},"list":[1]}');
  const [first] = await eventually('the run', () =>
    recorded('work').length > 0 ? recorded('work') : undefined,
  );
  expect(first?.message).toEqual({ name: 'job', count: 3, flag: true, deep: { a: 1 }, list: [1] });
  expect(first?.metadata).toMatchObject({
    id: sent.messageId,
    dequeueCount: 1,
    queueTrigger: { name: 'job', count: 3, flag: true, deep: { a: 1 }, list: [1] },
    insertionTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/) as string,
    popReceipt: expect.any(String) as string,
    name: 'job',
    count: 3,
    flag: 'True',
    deep: { a: 1 },
  });
  expect(first?.metadata).not.toHaveProperty('list');
  await eventually('the message is deleted', () => isEmpty(queue));
});

test('a message whose function fails is tried maxDequeueCount times and then kept in the poison queue as it was', async () => {
  own = scratch();
  const queue = queueNamed('failing');
  await start({ WORK_QUEUE: 'failing' });
  await eventually('the queue is made', async () => ((await queue.exists()) ? true : undefined));
  await queue.sendMessage('{"fail":true,"ü":1}');
  const poison = queueNamed('failing-poison');
  const [kept] = await eventually('a poison message', async () => {
    if (!(await poison.exists())) return undefined;
    const { peekedMessageItems } = await poison.peekMessages();
    return peekedMessageItems.length > 0 ? peekedMessageItems : undefined;
  });
  expect(kept?.messageText).toBe('{"fail":true,"ü":1}');
  await eventually('the message is deleted', () => isEmpty(queue));
  expect(recorded('work').map((entry) => entry.metadata?.['dequeueCount'])).toEqual([1, 2, 3]);
});

test('with base64 a message is decoded, and one that is no base64 goes to the poison queue without a run', async () => {
  own = scratch();
  const queue = queueNamed('encoded');
  await start({
    WORK_QUEUE: 'encoded',
    AzureFunctionsJobHost__extensions__queues__messageEncoding: 'base64',
  });
  await eventually('the queue is made', async () => ((await queue.exists()) ? true : undefined));
  await queue.sendMessage('not base64!');
  await queue.sendMessage(Buffer.from('"well formed"').toString('base64'));
  await eventually('the run', () => (recorded('worked').length > 0 ? true : undefined));
  await eventually('both are gone from the queue', () => isEmpty(queue));
  expect(recorded('work').map((entry) => entry.message)).toEqual(['well formed']);
  const { peekedMessageItems } = await queueNamed('encoded-poison').peekMessages();
  expect(peekedMessageItems.map((message) => message.messageText)).toEqual(['not base64!']);
});

test('a message stays hidden for as long as its function works, longer than one visibility timeout', async () => {
  own = scratch();
  const queue = queueNamed('slow');
  await start({ WORK_QUEUE: 'slow', GPU_JOBS_LOCAL_QUEUE_VISIBILITY_S: '3' });
  await eventually('the queue is made', async () => ((await queue.exists()) ? true : undefined));
  await queue.sendMessage('{"takeMs":6500}');
  await eventually('the run ends', () => (recorded('worked').length > 0 ? true : undefined));
  await eventually('the message is deleted', () => isEmpty(queue));
  expect(recorded('work')).toHaveLength(1);
});

test('a message in hand at kill -9 comes back after its visibility timeout; one in hand at SIGTERM at once', async () => {
  own = scratch();
  const queue = queueNamed('crashed');
  const environment = { WORK_QUEUE: 'crashed', GPU_JOBS_LOCAL_QUEUE_VISIBILITY_S: '2' };
  await start(environment);
  await eventually('the queue is made', async () => ((await queue.exists()) ? true : undefined));
  await queue.sendMessage('{"takeMs":60000}');
  await eventually('the run begins', () => (recorded('work').length === 1 ? true : undefined));
  await host.kill();
  await start(environment);
  await eventually('the run begins again', () => (recorded('work').length === 2 ? true : undefined));
  expect(await host.stop()).toBe(0);
  const { receivedMessageItems } = await queue.receiveMessages();
  expect(receivedMessageItems.map((message) => message.dequeueCount)).toEqual([3]);
  expect(recorded('worked')).toEqual([]);
});

test('a host that starts before its storage serves HTTP, tells the outage once and takes up messages later', async () => {
  own = scratch();
  const port = await freePort();
  await start({
    AzureWebJobsStorage: azurite.connectionString.replace(
      /QueueEndpoint=[^;]+/,
      `QueueEndpoint=http://127.0.0.1:${port}/${AZURITE_ACCOUNT}`,
    ),
  });
  const told = /Queue "work" cannot be read/g;
  await eventually('the outage is told', () => (told.test(host.log()) ? true : undefined));
  expect((await fetch(`${host.url}/api/same/x`)).status).toBe(200);
  const late = await startAzurite({ queuePort: port });
  try {
    const queue = QueueServiceClient.fromConnectionString(late.connectionString).getQueueClient('work');
    await eventually('the queue is made', async () => ((await queue.exists()) ? true : undefined));
    await queue.sendMessage('"late"');
    await eventually('the run', () => (recorded('worked').length > 0 ? true : undefined));
    expect(host.log().match(told)).toHaveLength(1);
  } finally {
    await late.stop();
  }
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
