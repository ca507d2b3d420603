import {
  createQueueListener,
  type QueueListenerOptions,
} from '../../../../standins/functions-host/queues/queue-listener';
import type { ReceivedMessage } from '../../../../standins/functions-host/queues/queue-message';
import type { QueuePort } from '../../../../standins/functions-host/queues/queue-port';
import { createVirtualTime, type VirtualTime } from '../../../../standins/kernel/virtual-time';
import { advanceInTurns } from '../../../support/advance';

/** A queue of one test. It hands out each message once and notes what is done to it. */
function fakeQueue(name: string, texts: readonly string[] = []): QueuePort & { readonly did: string[] } {
  const waiting = texts.map((messageText, index): ReceivedMessage => {
    const now = new Date(0);
    return {
      messageId: `m${index}`,
      popReceipt: 'r0',
      messageText,
      dequeueCount: 1,
      insertedOn: now,
      expiresOn: now,
      nextVisibleOn: now,
    };
  });
  const did: string[] = [];
  let receipts = 0;
  return {
    name,
    did,
    createIfAbsent: () => Promise.resolve(),
    receive: (count) => Promise.resolve(waiting.splice(0, count)),
    hide: (id, receipt, forS) => {
      did.push(`hide ${id} ${receipt} ${forS}`);
      return Promise.resolve(`r${++receipts}`);
    },
    remove: (id, receipt) => {
      did.push(`remove ${id} ${receipt}`);
      return Promise.resolve();
    },
    send: (text) => {
      did.push(`send ${text}`);
      return Promise.resolve();
    },
  };
}

function options(time: VirtualTime, overrides: Partial<QueueListenerOptions>): QueueListenerOptions {
  return {
    queue: fakeQueue('q'),
    poison: fakeQueue('q-poison'),
    batchSize: 2,
    newBatchThreshold: 1,
    maxDequeueCount: 3,
    messageEncoding: 'none',
    retryAfterS: 7,
    hiddenForS: 30,
    backoff: { next: () => 1_000 },
    timers: time.timers,
    log: () => undefined,
    handle: () => Promise.resolve(true),
    ...overrides,
  };
}

test('a renewed message is settled with its newest receipt', async () => {
  const time = createVirtualTime(0);
  const queue = fakeQueue('q', ['a']);
  const handle = (): Promise<boolean> =>
    new Promise((resolve) => time.timers.after(40_000, () => resolve(true)));
  const listener = createQueueListener(options(time, { queue, handle }));
  listener.start();
  await advanceInTurns(time, 60_000);
  expect(queue.did).toEqual(['hide m0 r0 30', 'hide m0 r1 30', 'remove m0 r2']);
  await listener.stop(0);
});

test('a failed run hides the message for the retry time, the last one moves it to the poison queue', async () => {
  const time = createVirtualTime(0);
  const queue = fakeQueue('q', ['a']);
  const poison = fakeQueue('q-poison');
  const listener = createQueueListener(
    options(time, { queue, poison, handle: () => Promise.resolve(false) }),
  );
  listener.start();
  await advanceInTurns(time, 1);
  expect([queue.did, poison.did]).toEqual([['hide m0 r0 7'], []]);
  await listener.stop(0);

  const again = fakeQueue('q', ['a']);
  const last = createQueueListener(
    options(time, { queue: again, poison, maxDequeueCount: 1, handle: () => Promise.resolve(false) }),
  );
  last.start();
  await advanceInTurns(time, 1);
  expect([again.did, poison.did]).toEqual([['remove m0 r0'], ['send a']]);
  await last.stop(0);
});

test('no more than newBatchThreshold plus batchSize messages are in hand at once', async () => {
  const time = createVirtualTime(0);
  let now = 0;
  let most = 0;
  const listener = createQueueListener(
    options(time, {
      queue: fakeQueue('q', Array.from({ length: 20 }, String)),
      handle: async () => {
        most = Math.max(most, ++now);
        await new Promise<void>((resolve) => time.timers.after(5_000, resolve));
        now--;
        return true;
      },
    }),
  );
  listener.start();
  await advanceInTurns(time, 200_000);
  expect(most).toBe(3);
  expect(now).toBe(0);
  await listener.stop(0);
});

test('a stop waits for the run under way within its grace, then gives the message back at once', async () => {
  const time = createVirtualTime(0);
  const handle = (): Promise<boolean> =>
    new Promise((resolve) => time.timers.after(4_000, () => resolve(true)));
  const quick = fakeQueue('q', ['a']);
  const first = createQueueListener(options(time, { queue: quick, handle }));
  first.start();
  await advanceInTurns(time, 1);
  const stopped = first.stop(5_000);
  await advanceInTurns(time, 5_000);
  await stopped;
  expect(quick.did).toEqual(['remove m0 r0']);

  const slow = fakeQueue('q', ['a']);
  const second = createQueueListener(options(time, { queue: slow, handle }));
  second.start();
  await advanceInTurns(time, 1);
  const cut = second.stop(1_000);
  await advanceInTurns(time, 1_000);
  await cut;
  expect(slow.did).toEqual(['hide m0 r0 0']);
});

test('a long outage is logged once, its end too', async () => {
  const time = createVirtualTime(0);
  const told: string[] = [];
  const queue = fakeQueue('q');
  let down = true;
  const listener = createQueueListener(
    options(time, {
      queue: {
        ...queue,
        receive: (count, forS) =>
          down ? Promise.reject(new Error(`refused\nRequestId: ${told.length}`)) : queue.receive(count, forS),
      },
      log: (_, message) => told.push(message),
    }),
  );
  listener.start();
  await advanceInTurns(time, 10_000);
  down = false;
  await advanceInTurns(time, 2_000);
  expect(told).toEqual(['Queue "q" cannot be read: refused', 'Queue "q" answers again.']);
  await listener.stop(0);
});
