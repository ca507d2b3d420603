import { costOf, sumOf } from '../../../domain/money/cost';

const HOUR = 3_600_000;

describe('a cost', () => {
  test('is each price by the hour, for as many as there are', () => {
    const prices = [
      { of: 'V100', perHour: 3, quantity: 2 },
      { of: 'cpu', perHour: 0.04, quantity: 4 },
      { of: 'memoryGb', perHour: 0.004, quantity: 10 },
    ];
    // 6 + 0.16 + 0.04 dollars an hour, for half an hour.
    expect(costOf(HOUR / 2, prices)).toEqual({ currency: 'USD', amount: 3.1, billedMs: HOUR / 2, prices });
  });

  test('is exact to a millionth: a second of a core costs something', () => {
    expect(costOf(1_000, [{ of: 'cpu', perHour: 0.0405, quantity: 1 }]).amount).toBe(0.000011);
  });
});

describe('a sum of costs', () => {
  const final = { currency: 'USD', amount: 0.1, estimated: true } as const;
  const growing = { currency: 'USD', amount: 0.2, estimated: true, soFar: true } as const;

  test('is final when all of them are and none may follow', () => {
    expect(sumOf([final, { ...final, amount: 0.2 }], false)).toEqual({ ...final, amount: 0.3 });
  });

  test('may grow while one of them may, or another may follow', () => {
    expect(sumOf([final, growing], false)).toEqual({ ...growing, amount: 0.3 });
    expect(sumOf([final], true)).toEqual({ ...final, soFar: true });
  });
});
