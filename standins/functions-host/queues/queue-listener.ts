// Takes messages from one queue, runs the function on each and settles them: deletes, releases for a retry, or moves to
// the poison queue.
import type { Timers } from '../../kernel/timers';
import { createStopSignal } from '../stop-signal';
import type { Backoff } from './backoff';
import { holdMessage, type MessageLease } from './message-lease';
import { type DecodedText, decodeMessage, type MessageEncoding, type ReceivedMessage } from './queue-message';
import { isLost, type QueuePort, reasonOf } from './queue-port';

export interface QueueListenerOptions {
  readonly queue: QueuePort;
  /**
   * Undefined for a queue that can have none, because its name ends in -poison already. Then failures leave messages
   * hidden.
   */
  readonly poison: QueuePort | undefined;
  readonly batchSize: number;
  readonly newBatchThreshold: number;
  readonly maxDequeueCount: number;
  readonly messageEncoding: MessageEncoding;
  /** How long a message hides after a failed try, in seconds. */
  readonly retryAfterS: number;
  /** How long a message hides at a time while a function works on it, in seconds. */
  readonly hiddenForS: number;
  readonly backoff: Backoff;
  readonly timers: Timers;
  readonly log: (level: 'information' | 'warning' | 'error', message: string) => void;
  /** Runs the function; resolves with whether it succeeded. */
  readonly handle: (message: ReceivedMessage, text: string) => Promise<boolean>;
}

export interface QueueListener {
  start(): void;
  /** Takes no more, waits for what is in flight, at most `graceMs`, then gives the rest back to the queue. */
  stop(graceMs: number): Promise<void>;
}

interface InFlight {
  readonly message: ReceivedMessage;
  /** Undefined until the message's function runs. */
  lease: MessageLease | undefined;
}

export function createQueueListener(options: QueueListenerOptions): QueueListener {
  const { queue, timers, log } = options;
  const inFlight = new Map<Promise<void>, InFlight>();
  const stop = createStopSignal(timers);
  let loop: Promise<void> = Promise.resolve();
  let created = false;
  /** The queue's last failure, so that a long outage is logged once. */
  let trouble: string | undefined;

  const receive = async (): Promise<readonly ReceivedMessage[]> => {
    try {
      if (!created) await queue.createIfAbsent();
      created = true;
      const messages = await queue.receive(options.batchSize, options.hiddenForS);
      if (trouble !== undefined) log('information', `Queue "${queue.name}" answers again.`);
      trouble = undefined;
      return messages;
    } catch (error) {
      created = false; // The queue may have been deleted meanwhile.
      const problem = `Queue "${queue.name}" cannot be read: ${reasonOf(error)}`;
      if (problem !== trouble) log('warning', problem);
      trouble = problem;
      return [];
    }
  };

  const poll = async (): Promise<void> => {
    let found = false;
    while (!stop.isGiven()) {
      const messages = await receive();
      for (const message of messages) take(message);
      if (messages.length === 0) await stop.pause(options.backoff.next(found));
      found = messages.length > 0;
      while (!stop.isGiven() && inFlight.size > options.newBatchThreshold)
        await stop.orFirst(inFlight.keys());
    }
  };

  const take = (message: ReceivedMessage): void => {
    const entry: InFlight = { message, lease: undefined };
    const work = process(message, (lease) => (entry.lease = lease))
      .catch((error: unknown) => {
        if (!isLost(error))
          log(
            'error',
            `Message ${message.messageId} of "${queue.name}" could not be settled: ${reasonOf(error)}`,
          );
      })
      .finally(() => inFlight.delete(work));
    inFlight.set(work, entry);
  };

  const process = async (message: ReceivedMessage, held: (lease: MessageLease) => void): Promise<void> => {
    if (stop.isGiven()) {
      await queue.hide(message.messageId, message.popReceipt, 0);
      return;
    }
    if (message.dequeueCount > options.maxDequeueCount) return poison(message, message.popReceipt);
    const decoded = decodeMessage(message.messageText, options.messageEncoding);
    if (decoded.kind === 'undecodable') {
      log('error', `Message ${message.messageId} is no base64, which messageEncoding of host.json asks for.`);
      return poison(message, message.popReceipt);
    }
    const lease = holdMessage(queue, message, options.hiddenForS, timers, (problem) =>
      log('warning', problem),
    );
    held(lease);
    const succeeded = await handle(message, decoded);
    const receipt = await lease.end();
    if (receipt === undefined) return; // Another receiver has it and settles it.
    if (succeeded) await queue.remove(message.messageId, receipt);
    else if (options.poison === undefined) return;
    else if (message.dequeueCount >= options.maxDequeueCount) await poison(message, receipt);
    else await queue.hide(message.messageId, receipt, options.retryAfterS);
  };

  const handle = async (message: ReceivedMessage, decoded: DecodedText): Promise<boolean> => {
    if (decoded.kind === 'text') return options.handle(message, decoded.text);
    log('error', `Message ${message.messageId} of "${queue.name}" holds bytes that are no UTF-8 text.`);
    return false;
  };

  const poison = async (message: ReceivedMessage, receipt: string): Promise<void> => {
    const { poison: target } = options;
    if (target === undefined) return;
    log(
      'warning',
      `Moving message ${message.messageId} to queue '${target.name}' after ${message.dequeueCount} deliveries.`,
    );
    await target.createIfAbsent();
    await target.send(message.messageText);
    await queue.remove(message.messageId, receipt);
  };

  const release = async ({ message, lease }: InFlight): Promise<void> => {
    try {
      const receipt = await lease?.end();
      if (receipt !== undefined) await queue.hide(message.messageId, receipt, 0);
    } catch (error) {
      log('warning', `Message ${message.messageId} could not be given back: ${reasonOf(error)}`);
    }
  };

  return {
    start: () => {
      loop = poll();
    },
    stop: async (graceMs) => {
      stop.give();
      await loop;
      if (inFlight.size === 0) return;
      const grace = createStopSignal(timers);
      await Promise.race([Promise.all(inFlight.keys()), grace.pause(graceMs)]);
      grace.give();
      await Promise.all([...inFlight.values()].map(release));
    },
  };
}
