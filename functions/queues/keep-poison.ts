// Queue `gpu-jobs-poison`: messages that the host gave up on are kept as Rejected jobs. The tick reads the queue
// itself, because a trigger can fail on content before any function runs, again and again until the message has
// expired. For example, a message that nests too deep breaks the worker's own conversion.
import { reason } from '../../domain/job/failure-reason';
import type { Logger } from '../../domain/ports/logger';
import type { ReceivedMessage, UnhandledMessages } from '../../domain/ports/message-queue';
import { redacted } from '../../domain/spec/redact';
import { reject } from '../../jobs/job/reject';
import type { SubmitPorts } from '../../jobs/ports';
import { parseQueueMessage } from './queue-message';

const WHY =
  'The message could not be handled, again and again; its content is kept and can be submitted again.';

/** Batches of 32 messages each. More messages wait for the next tick. */
const BATCHES_A_TICK = 20;

interface KeepPorts extends SubmitPorts {
  readonly unhandled: UnhandledMessages;
  readonly log: Logger;
}

/**
 * Keeps each message and removes it; it only stores.
 *
 * @throws AggregateError when some could not be kept: they stay in the queue for the next tick.
 */
export async function keepPoison(ports: KeepPorts): Promise<void> {
  for (let batch = 0; batch < BATCHES_A_TICK; batch += 1) {
    const messages = await ports.unhandled.receive();
    if (messages.length === 0) return;
    const settled = await Promise.allSettled(messages.map((message) => keep(ports, message)));
    const failures = settled.filter((one) => one.status === 'rejected').map((one): unknown => one.reason);
    if (failures.length > 0)
      throw new AggregateError(
        failures,
        `${failures.length} messages of the poison queue could not be kept: ${failures.map(String).join('; ')}`,
      );
  }
}

async function keep(ports: KeepPorts, message: ReceivedMessage): Promise<void> {
  const jobId = await reject(ports, {
    key: message.id,
    bytes: redacted(parseQueueMessage(message.text).bytes),
    reason: reason('invalid-spec', WHY),
    source: 'queue',
  });
  await ports.unhandled.remove(message);
  ports.log.error(`Message ${message.id} is kept as rejected job ${jobId}.`);
}
