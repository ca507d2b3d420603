// MessageQueue in memory, for tests and simulations.
import type { MessageQueue } from '../../../domain/ports/message-queue';
import { requirePlainText } from '../../../storage/queues/storage-message-queue';
import { step } from './step';

export interface QueuedMessage {
  readonly text: string;
  /** Hidden until this instant of the queue's clock, in milliseconds. */
  readonly visibleAt: number;
}

export class MemoryMessageQueue implements MessageQueue {
  /** Everything sent, oldest first. */
  readonly sent: QueuedMessage[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  send(text: string, options: { readonly delaySeconds?: number } = {}): Promise<void> {
    return step(() => {
      requirePlainText(text, 'memory');
      this.sent.push({ text, visibleAt: this.#now() + (options.delaySeconds ?? 0) * 1_000 });
    });
  }

  /** The texts that a reader would see now. */
  visible(): string[] {
    return this.sent.filter((message) => message.visibleAt <= this.#now()).map((message) => message.text);
  }
}
