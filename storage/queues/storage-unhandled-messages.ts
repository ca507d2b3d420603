// The storage queue to which the Functions host moves what a function failed on again and again.
import type { UnhandledMessages } from '../../domain/ports/message-queue';
import type { StorageClients } from '../account/clients';
import { emptyIfAbsent } from '../account/lazy-store';
import { storageFailure } from '../account/storage-failure';

/** The most that the service gives at once. */
const AT_ONCE = 32;
/** Long enough to keep all of them, short enough for another try soon when that fails. */
const HIDDEN_FOR_S = 120;

/** Loads no SDK yet: the first call does. */
export function createStorageUnhandledMessages(clients: StorageClients, queue: string): UnhandledMessages {
  return {
    receive: async () => {
      const client = clients.queue(queue);
      const options = {
        numberOfMessages: AT_ONCE,
        visibilityTimeout: HIDDEN_FOR_S,
        abortSignal: clients.callLimit(),
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
    },
    remove: async ({ id, receipt }) => {
      const abortSignal = clients.callLimit();
      try {
        await clients.queue(queue).deleteMessage(id, receipt, { abortSignal });
      } catch (thrown) {
        throw storageFailure(thrown, `delete message ${id} of queue ${queue}`, {
          queue,
          operation: 'delete',
        });
      }
    },
  };
}
