// The contract of every UnhandledMessages.
import type { UnhandledMessages } from '../../domain/ports/message-queue';

export interface FillableQueue {
  readonly messages: UnhandledMessages;
  readonly add: (text: string) => Promise<void>;
  readonly count: () => Promise<number>;
}

export function describeUnhandledMessages(name: string, make: () => FillableQueue): void {
  describe(`${name} as the queue of what was not handled`, () => {
    test('without a message, or without the queue, nothing is received', async () => {
      expect(await make().messages.receive()).toEqual([]);
    });

    test('gives a message as it is, once, until it is removed', async () => {
      const { messages, add, count } = make();
      await add('{"a":"ü"}');
      const [message] = await messages.receive();
      expect(message?.text).toBe('{"a":"ü"}');
      expect(await messages.receive()).toEqual([]);
      expect(await count()).toBe(1);
      if (message !== undefined) await messages.remove(message);
      expect(await count()).toBe(0);
    });

    test('gives more than a batch in several', async () => {
      const { messages, add } = make();
      for (let n = 0; n < 40; n += 1) await add(String(n));
      const batches = [await messages.receive(), await messages.receive(), await messages.receive()];
      expect(batches.at(-1)).toEqual([]);
      const texts = batches.flat().map(({ text }) => Number(text));
      expect(texts.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n));
    });
  });
}
