import { allAtOnce } from '../../../jobs/flow/all-at-once';

test('results come in the order of the list', async () => {
  expect(await allAtOnce(2, [3, 1, 2], (n) => Promise.resolve(n * 10))).toEqual([30, 10, 20]);
});

test('every item is tried, and then the first failure in the order of the list is thrown', async () => {
  const tried: number[] = [];
  const run = async (n: number): Promise<void> => {
    tried.push(n);
    await Promise.resolve();
    if (n !== 3) throw new Error(`${n} fails`);
  };
  await expect(allAtOnce(2, [2, 1, 3], run)).rejects.toThrow('2 fails');
  expect(tried.toSorted()).toEqual([1, 2, 3]);
});
