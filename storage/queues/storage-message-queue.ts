// A storage queue that this product writes to: the text as it is, without base64 (host.json's messageEncoding is none).
import { TerminalError } from '../../domain/errors';
import type { MessageQueue } from '../../domain/ports/message-queue';
import type { StorageClients } from '../account/clients';
import { creatingIfAbsent } from '../account/lazy-store';
import { storageFailure } from '../account/storage-failure';

/** The service's own default is seven days, after which a message is gone without a trace; -1 keeps it. */
const KEPT_UNTIL_READ = -1;

/** Loads no SDK yet: the first message does. */
export function createStorageMessageQueue(clients: StorageClients, queue: string): MessageQueue {
  return {
    send: async (text, options = {}) => {
      const client = clients.queue(queue);
      requirePlainText(text, queue);
      const abortSignal = clients.callLimit();
      // Whole seconds, rounded up so that no message is seen early.
      const visibilityTimeout = Math.ceil(options.delaySeconds ?? 0);
      try {
        await creatingIfAbsent(
          () =>
            client.sendMessage(text, {
              visibilityTimeout,
              messageTimeToLive: KEPT_UNTIL_READ,
              abortSignal,
            }),
          () => client.createIfNotExists({ abortSignal }),
        );
      } catch (thrown) {
        throw storageFailure(thrown, `send ${text.length} characters to queue ${queue}`, {
          queue,
          operation: 'send',
        });
      }
    },
  };
}

/**
 * A message travels as XML: the SDK drops line feeds from it (core-xml 1.5, tried), parsers turn carriage returns into
 * line feeds, and other control characters are not XML. JSON needs none of them.
 *
 * @throws TerminalError when `text` would arrive as something else.
 */
export function requirePlainText(text: string, queue: string): void {
  const found = /[\x00-\x08\x0a-\x1f]/.exec(text);
  if (found === null) return;
  throw new TerminalError(
    `A message for queue ${queue} holds ${JSON.stringify(found[0])} at character ${found.index}, which would not arrive: send JSON without line breaks or control characters`,
    { queue, at: found.index },
  );
}
