import { oneByOne } from '../../dashboard/list/one-by-one';

test('requests are sent one after the other, and the rest goes on after one that failed', async () => {
  const sent: string[] = [];
  const told: number[] = [];
  let open = 0;
  const result = await oneByOne(
    ['a', 'b', 'c'],
    async (id) => {
      open += 1;
      expect(open).toBe(1);
      sent.push(id);
      await Promise.resolve();
      open -= 1;
      if (id === 'b') throw new Error('b is refused');
    },
    (count) => told.push(count),
  );
  expect(sent).toEqual(['a', 'b', 'c']);
  expect(told).toEqual([1, 2, 3]);
  expect(result.done).toBe(2);
  expect(result.failed.map(({ message }) => message)).toEqual(['b is refused']);
});
