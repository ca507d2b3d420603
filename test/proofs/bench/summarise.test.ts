import { summarise } from '../../../proofs/bench/summarise';

test('numbers are summed up by their ends and their middle', () => {
  expect(summarise([5, 1, 3, 2, 4])).toEqual({ shortest: 1, median: 3, longest: 5 });
  expect(summarise([2, 1])).toEqual({ shortest: 1, median: 1, longest: 2 });
});

test('no measurements are an error, not a zero', () => {
  expect(() => summarise([])).toThrow('Nothing was measured.');
});
