// Logs that a platform serves from a position on and whose old lines it drops. Marks say what is gone, and nothing
// else.
import { createHash } from 'node:crypto';

import { type PositionalScene, positionalScene } from '../../support/logs/positional-scene';

const LINE = 'epoch done\n';

describe('a platform that drops old lines', () => {
  /** 90 bytes that no other line has. */
  const line = (i: number): string =>
    `${createHash('sha512').update(String(i)).digest('base64url')}\n`.padStart(90, '.');
  const lines = (from: number, to: number): string =>
    Array.from({ length: to - from }, (_, i) => line(from + i)).join('');
  /** Prints a line a second. */
  const printed = ({ print }: PositionalScene, from: number, to: number): void => {
    for (let i = from; i < to; i += 1) print(line(i), i * 1000);
  };

  it('leaves a gap where the line read last is gone, also where all lines are the same', async () => {
    const { print, look, archived } = positionalScene({ least: 30, most: 50 });
    print(LINE, 0);
    await look();
    for (let i = 1; i < 9; i += 1) print(LINE, i * 1000);
    await look();
    // Of nine lines the platform has the last three: 33 bytes; another one makes 44, which it keeps.
    expect(await archived()).toBe(`${LINE}[missing]${LINE.repeat(3)}`);
    print(LINE, 9_000);
    await look();
    expect(await archived()).toBe(`${LINE}[missing]${LINE.repeat(4)}`);
  });

  it('leaves no gap while the line read last is there, whatever was dropped before it', async () => {
    const set = positionalScene({ least: 360, most: 630 });
    for (let i = 0; i < 40; i += 1) {
      printed(set, i, i + 1);
      await set.look();
    }
    expect(await set.archived()).toBe(lines(0, 40));
  });

  it('is found out by content where a death left the cursor behind: what is there still goes on', async () => {
    const set = positionalScene({ least: 360, most: 720 });
    printed(set, 0, 1);
    await set.look();
    printed(set, 1, 6);
    await set.look({ diesAt: { write: 'append', nth: 0, when: 'after' } });
    // Nine lines are 810 bytes: five go, the cursor's among them, and lines 5 to 8 are left; 5 is archived.
    printed(set, 6, 9);
    await set.look();
    expect(await set.archived()).toBe(lines(0, 9));
  });

  it('has dropped more than that: a gap', async () => {
    const set = positionalScene({ least: 360, most: 720 });
    printed(set, 0, 1);
    await set.look();
    printed(set, 1, 3);
    await set.look({ diesAt: { write: 'append', nth: 0, when: 'after' } });
    printed(set, 3, 9);
    await set.look();
    expect(await set.archived()).toBe(`${lines(0, 3)}[missing]${lines(5, 9)}`);
  });

  it('does not say whether the beginning is there, which is marked', async () => {
    const set = positionalScene({ least: 360, most: 720 });
    printed(set, 0, 5);
    await set.look();
    expect(await set.archived()).toBe(`[not-provable]${lines(0, 5)}`);
  });

  it('may have dropped lines of the very time that was read last: their content tells', async () => {
    const { print, look, archived } = positionalScene({ least: 360, most: 720 });
    print(lines(0, 3), 0);
    await look();
    print(lines(3, 9), 0);
    await look();
    // Lines 5 to 8 are left, all of one time.
    expect(await archived()).toBe(`${lines(0, 3)}[missing]${lines(5, 9)}`);
    print(line(9), 0);
    await look();
    expect(await archived()).toBe(`${lines(0, 3)}[missing]${lines(5, 10)}`);
  });
});
