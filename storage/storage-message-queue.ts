// A storage queue that this product writes to: the text as it is, without base64 (host.json's messageEncoding is none).
import type { QueueClient } from '@azure/storage-queue';

import type { MessageQueue } from '../domain/message-queue';
import type { StorageClients } from './clients';
import { creatingIfAbsent } from './lazy-store';
import { storageFailure } from './storage-failure';

/** The service's own default is seven days, after which a message is gone without a trace; -1 keeps it. */
const KEPT_UNTIL_READ = -1;

export class StorageMessageQueue implements MessageQueue {
  readonly #client: QueueClient;
  readonly #callLimit: () => AbortSignal;

  constructor(clients: StorageClients, queue: string) {
    this.#client = clients.queue(queue);
    this.#callLimit = () => clients.callLimit();
  }

  async send(text: string, options: { readonly delaySeconds?: number } = {}): Promise<void> {
    const queue = this.#client.name;
    // Whole seconds; rounded up, so that nothing is seen early.
    const abortSignal = this.#callLimit();
    const visibilityTimeout = Math.ceil(options.delaySeconds ?? 0);
    try {
      await creatingIfAbsent(
        () =>
          this.#client.sendMessage(text, {
            visibilityTimeout,
            messageTimeToLive: KEPT_UNTIL_READ,
            abortSignal,
          }),
        () => this.#client.createIfNotExists({ abortSignal }),
      );
    } catch (thrown) {
      throw storageFailure(thrown, `send ${text.length} characters to queue ${queue}`, {
        queue,
        operation: 'send',
      });
    }
  }
}
