// UnhandledMessages in memory, for tests.
import type { ReceivedMessage, UnhandledMessages } from '../../../domain/ports/message-queue';
import { step } from './step';

export class MemoryUnhandledMessages implements UnhandledMessages {
  readonly #waiting = new Map<string, string>();
  readonly #hidden = new Map<string, string>();

  /** Adds a message as the host puts it there. */
  add(id: string, text: string): void {
    this.#waiting.set(id, text);
  }

  /** How many there are, hidden ones included. */
  count(): number {
    return this.#waiting.size + this.#hidden.size;
  }

  /** What was received and not removed is seen again. */
  unhide(): void {
    for (const [id, text] of this.#hidden) this.#waiting.set(id, text);
    this.#hidden.clear();
  }

  receive(): Promise<readonly ReceivedMessage[]> {
    return step(() => {
      const taken = [...this.#waiting].slice(0, 32);
      for (const [id, text] of taken) {
        this.#waiting.delete(id);
        this.#hidden.set(id, text);
      }
      return taken.map(([id, text]) => ({ id, receipt: `receipt of ${id}`, text }));
    });
  }

  remove({ id }: ReceivedMessage): Promise<void> {
    return step(() => void this.#hidden.delete(id));
  }
}
