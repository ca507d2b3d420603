import { createCoalescer } from '../../../jobs/flow/coalesced';

/** A run that ends when the test lets it, and how often it began. */
function controlled(): {
  run: () => Promise<number>;
  begun: () => number;
  end: () => void;
  fail: () => void;
} {
  let begun = 0;
  let settle: { resolve: (n: number) => void; reject: (error: Error) => void } | undefined;
  return {
    run: () => {
      begun += 1;
      const n = begun;
      return new Promise((resolve, reject) => (settle = { resolve: () => resolve(n), reject }));
    },
    begun: () => begun,
    end: () => settle?.resolve(0),
    fail: () => settle?.reject(new Error('failed')),
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('many asks at once', () => {
  test('share the run that begins after the one under way', async () => {
    const { run, begun, end } = controlled();
    const ask = createCoalescer<number>();
    const first = ask(run);
    const later = [ask(run), ask(run), ask(run)];
    expect(begun()).toBe(1);
    end();
    expect(await first).toBe(1);
    await turn();
    expect(begun()).toBe(2);
    end();
    expect(await Promise.all(later)).toEqual([2, 2, 2]);
  });

  test('get a run of their own when none is under way', async () => {
    const { run, end } = controlled();
    const ask = createCoalescer<number>();
    const first = ask(run);
    end();
    await first;
    const second = ask(run);
    end();
    expect(await second).toBe(2);
  });

  test('are not harmed by the failure of the run before theirs', async () => {
    const { run, end, fail } = controlled();
    const ask = createCoalescer<number>();
    const first = ask(run);
    const second = ask(run);
    fail();
    await expect(first).rejects.toThrow('failed');
    await turn();
    end();
    expect(await second).toBe(2);
  });
});
