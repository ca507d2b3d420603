// What the queue trigger needs of a queue, and the genuine Azure client behind it.
import type { QueueClient } from '@azure/storage-queue';

import type { ReceivedMessage } from './queue-message';

/** Times are in seconds, the queue service's own unit. */
export interface QueuePort {
  readonly name: string;
  createIfAbsent(): Promise<void>;
  receive(count: number, hiddenForS: number): Promise<readonly ReceivedMessage[]>;
  /** Hides the message again from now on. Resolves with the receipt that is valid from then on. */
  hide(messageId: string, popReceipt: string, forS: number): Promise<string>;
  remove(messageId: string, popReceipt: string): Promise<void>;
  send(text: string): Promise<void>;
}

/** Adapts the SDK's client. Its texts are the queue's, undecoded. */
export function createQueuePort(client: QueueClient): QueuePort {
  return {
    name: client.name,
    createIfAbsent: async () => {
      await client.createIfNotExists();
    },
    receive: async (count, hiddenForS) => {
      const { receivedMessageItems } = await client.receiveMessages({
        numberOfMessages: count,
        visibilityTimeout: hiddenForS,
      });
      return receivedMessageItems;
    },
    hide: async (messageId, popReceipt, forS) => {
      const updated = await client.updateMessage(messageId, popReceipt, undefined, forS);
      return updated.popReceipt ?? popReceipt;
    },
    remove: async (messageId, popReceipt) => {
      await client.deleteMessage(messageId, popReceipt);
    },
    send: async (text) => {
      await client.sendMessage(text);
    },
  };
}

/**
 * Whether the service says that the message is no longer ours: another receiver has it, it was deleted, or its queue is
 * gone.
 */
export function isLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code: unknown = 'code' in error ? error.code : undefined;
  return code === 'PopReceiptMismatch' || code === 'MessageNotFound' || code === 'QueueNotFound';
}

/** The words of a failed request in one line. The service adds lines that differ each time. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [line = ''] = error.message.split('\n');
  return line === '' ? error.name : line;
}
