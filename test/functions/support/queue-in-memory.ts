// The app's queue function over memory, run by the local host's steps and the genuine Functions library; one a process.
import { systemClock } from '../../../domain/ports/clock';
import { keepPoison } from '../../../functions/queues/keep-poison';
import { createJobWatch } from '../../../jobs/job/job-watch';
import { bindingsOf } from '../../../standins/functions-host/app/core-shim';
import { emptyHookData } from '../../../standins/functions-host/app/hooks';
import { invokeFunction } from '../../../standins/functions-host/app/invoke';
import { queueTriggerMetadata } from '../../../standins/functions-host/queues/queue-message';
import { type TestApp, testApp } from '../../support/app/test-app';
import { MemoryUnhandledMessages } from '../../support/memory/memory-unhandled-messages';
import { DURABLE_CLIENT_DATA } from './app-in-memory';
import { appOverServices } from './app-over-services';

/** host.json's. */
const MAX_DEQUEUE_COUNT = 5;
const SECOND_MS = 1_000;
const WEEK_MS = 7 * 24 * 3_600 * SECOND_MS;

interface Sent {
  readonly id: string;
  readonly text: string;
  /** When the queue took it, in whole seconds of the epoch. */
  readonly second: number;
}

export interface QueueInMemory {
  readonly app: TestApp;
  /** One delivery, the first being 1; resolves with whether the function succeeded. */
  readonly deliver: (message: Sent, delivery: number) => Promise<boolean>;
  /** Delivers until the function succeeds or the host gives up and the tick has kept the message. */
  readonly handle: (message: Sent) => Promise<void>;
}

export async function queueInMemory(): Promise<QueueInMemory> {
  const app = testApp();
  const unhandled = new MemoryUnhandledMessages();
  const watch = createJobWatch({ jobs: app.jobs, clock: systemClock, pause: () => Promise.resolve() });
  const registrations = await appOverServices({ ...app.ports, unhandled, watch });
  const { model } = registrations;
  const registered = registrations.functions.get('submitFromQueue');
  if (model === undefined || registered === undefined) throw new Error('The app has no submitFromQueue.');
  const worker = { registrations, model, hookData: emptyHookData(), log: () => undefined };
  const inputs = bindingsOf(registered.metadata).filter(({ direction }) => direction === 'in');
  let receipts = 0;

  const deliver = async ({ id, text, second }: Sent, delivery: number): Promise<boolean> => {
    const at = second * SECOND_MS;
    const metadata = queueTriggerMetadata(
      {
        messageId: id,
        messageText: text,
        popReceipt: `receipt ${String((receipts += 1))}`,
        dequeueCount: delivery,
        insertedOn: new Date(at),
        expiresOn: new Date(at + WEEK_MS),
        nextVisibleOn: new Date(at + delivery * 30 * SECOND_MS),
      },
      text,
    );
    const { status } = await invokeFunction(worker, registered, {
      functionId: registered.id,
      invocationId: `invocation ${String(receipts)}`,
      inputs: inputs.map(({ name, type }) => ({
        name,
        data: { string: type === 'durableClient' ? JSON.stringify(DURABLE_CLIENT_DATA) : text },
      })),
      triggerMetadata: metadata,
    });
    return status === 'success';
  };

  return {
    app,
    deliver,
    handle: async (message) => {
      for (let delivery = 1; delivery <= MAX_DEQUEUE_COUNT; delivery += 1)
        if (await deliver(message, delivery)) return;
      unhandled.add(`poison of ${message.id}`, message.text); // The host makes a new message of it.
      await keepPoison({ ...app.ports, unhandled });
    },
  };
}
