// The contract of every MessageQueue.
import { TerminalError } from '../../domain/errors';
import type { MessageQueue } from '../../domain/ports/message-queue';

export interface ReadableQueue {
  readonly queue: MessageQueue;
  /** The texts that a reader would get now. */
  readonly visible: () => Promise<string[]>;
  /** How many messages there are, hidden ones included. */
  readonly count: () => Promise<number>;
}

export function describeMessageQueue(name: string, make: () => ReadableQueue): void {
  describe(`${name} as a message queue`, () => {
    test.each([
      '{"image":"x"}',
      '{"a":"<b> & \\"c\\" \\u0000 ü 模型 \u{1F600}"}',
      ' leading and trailing ',
      'tab\there',
    ])('%j arrives as it was sent', async (text) => {
      const { queue, visible } = make();
      await queue.send(text);
      expect(await visible()).toEqual([text]);
    });

    test.each(['line\nfeed', 'carriage\rreturn', 'control \u0001'])(
      '%j is refused: it would arrive as something else',
      async (text) => {
        const { queue } = make();
        await expect(queue.send(text)).rejects.toThrow(TerminalError);
      },
    );

    test('a repeat is a second message', async () => {
      const { queue, visible } = make();
      await queue.send('{}');
      await queue.send('{}');
      expect(await visible()).toEqual(['{}', '{}']);
    });

    test('senders that find no queue make one between them', async () => {
      const { queue, count } = make();
      await Promise.all(Array.from({ length: 6 }, () => queue.send('{}')));
      expect(await count()).toBe(6);
    });

    test('a delayed message is there, unseen', async () => {
      const { queue, visible, count } = make();
      await queue.send('later', { delaySeconds: 60 });
      await queue.send('now', { delaySeconds: 0 });
      expect(await visible()).toEqual(['now']);
      expect(await count()).toBe(2);
    });
  });
}
