// The storage queue to which the Functions host moves what a function failed on again and again.
import type { ReceivedMessage, UnhandledMessages } from '../../domain/ports/message-queue';
import type { StorageClients } from '../account/clients';
import { emptyIfAbsent } from '../account/lazy-store';
import { storageFailure } from '../account/storage-failure';

/** The most that the service gives at once. */
const AT_ONCE = 32;
/** Long enough to keep all of them, short enough for another try soon when that fails. */
const HIDDEN_FOR_S = 120;

export class StorageUnhandledMessages implements UnhandledMessages {
  readonly #clients: StorageClients;
  readonly #queue: string;

  /** Loads no SDK yet: the first call does. */
  constructor(clients: StorageClients, queue: string) {
    this.#clients = clients;
    this.#queue = queue;
  }

  async receive(): Promise<readonly ReceivedMessage[]> {
    const queue = this.#queue;
    const client = this.#clients.queue(queue);
    const options = {
      numberOfMessages: AT_ONCE,
      visibilityTimeout: HIDDEN_FOR_S,
      abortSignal: this.#clients.callLimit(),
    };
    try {
      const items = await emptyIfAbsent(
        async () => (await client.receiveMessages(options)).receivedMessageItems,
        [],
      );
      return items.map(({ messageId, popReceipt, messageText }) => ({
        id: messageId,
        receipt: popReceipt,
        text: messageText,
      }));
    } catch (thrown) {
      throw storageFailure(thrown, `receive messages of queue ${queue}`, { queue, operation: 'receive' });
    }
  }

  async remove({ id, receipt }: ReceivedMessage): Promise<void> {
    const queue = this.#queue;
    const abortSignal = this.#clients.callLimit();
    try {
      await this.#clients.queue(queue).deleteMessage(id, receipt, { abortSignal });
    } catch (thrown) {
      throw storageFailure(thrown, `delete message ${id} of queue ${queue}`, { queue, operation: 'delete' });
    }
  }
}
