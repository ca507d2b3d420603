import { pricesOf } from '../../../domain/money/price';

const PRICES = { V100: 3, T4: 0.5, cpu: 0.04, memoryGb: 0.004 };
const SMALL = { cpu: 1, memoryGb: 2 };

describe('the prices that an attempt is charged by', () => {
  test('are those of its GPUs, its cores and its memory, each with how much it has of it', () => {
    expect(pricesOf({ gpu: { count: 2, sku: 'V100' }, cpu: 4, memoryGb: 10 }, PRICES)).toEqual([
      { of: 'V100', perHour: 3, quantity: 2 },
      { of: 'cpu', perHour: 0.04, quantity: 4 },
      { of: 'memoryGb', perHour: 0.004, quantity: 10 },
    ]);
  });

  test('are found in whatever case the SKU is written', () => {
    expect(pricesOf({ gpu: { count: 1, sku: 'v100' }, ...SMALL }, { V100: 3 })).toEqual([
      { of: 'v100', perHour: 3, quantity: 1 },
    ]);
  });

  test.each([
    ['there are none', { count: 1, sku: 'V100' }, undefined],
    ['its GPU has none', { count: 1, sku: 'V100' }, { cpu: 1 }],
    ['nobody knows yet which GPU it gets', { count: 1 }, PRICES],
    ['only GPUs have some, and it has none', undefined, { V100: 3 }],
  ])('are unknown where %s', (_where, gpu, prices) => {
    expect(pricesOf({ gpu, ...SMALL }, prices)).toBeUndefined();
  });

  test('leave out cores and memory that have none', () => {
    expect(pricesOf({ gpu: { count: 1, sku: 'T4' }, ...SMALL }, { T4: 0.5 })).toEqual([
      { of: 'T4', perHour: 0.5, quantity: 1 },
    ]);
  });

  test('of a program without a GPU are those of cores and memory', () => {
    expect(pricesOf({ gpu: undefined, ...SMALL }, { cpu: 0.04 })).toEqual([
      { of: 'cpu', perHour: 0.04, quantity: 1 },
    ]);
  });

  test('may be 0: what is known to be free is not unknown', () => {
    expect(pricesOf({ gpu: undefined, ...SMALL }, { cpu: 0 })).toEqual([
      { of: 'cpu', perHour: 0, quantity: 1 },
    ]);
  });
});
