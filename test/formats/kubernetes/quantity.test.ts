import fc from 'fast-check';

import {
  coresOf,
  coresQuantity,
  gigabytesOf,
  memoryQuantity,
  parseQuantity,
} from '../../../manifests/quantity';

/** CPU cores of a quantity that must be one. */
function cores(written: string | number): number {
  return coresOf(parseQuantity(written) ?? -1n);
}

function gigabytes(written: string | number): number {
  return gigabytesOf(parseQuantity(written) ?? -1n);
}

describe('a quantity', () => {
  test.each<[string | number, number]>([
    ['4', 4],
    [4, 4],
    [0.1, 0.1],
    ['500m', 0.5],
    ['1500m', 1.5],
    ['.5', 0.5],
    ['2.', 2],
    ['+1', 1],
    ['1e-3', 0.001],
    ['2E1', 20],
    [1e21, 1e21],
    ['250000u', 0.25],
    ['1n', 1e-9],
    ['0.1n', 1e-9], // Nothing is finer: rounded up.
    ['0', 0],
  ])('of CPU: %s is %d cores', (written, expected) => {
    expect(cores(written)).toBe(expected);
  });

  test.each<[string | number, number]>([
    ['12Gi', 12.884901888],
    ['12G', 12],
    ['1.5G', 1.5],
    ['1536Mi', 1.610612736],
    ['512M', 0.512],
    ['128974848', 0.128974848],
    ['129e6', 0.129],
    ['1Ti', 1099.511627776],
    ['1T', 1000],
    ['1P', 1e6],
    ['1Ei', 1152921504.606846976],
    ['4096Ki', 0.004194304],
    ['4k', 0.000004],
    ['1500m', 0.000000002], // One and a half bytes are two.
  ])('of memory: %s is %d GB', (written, expected) => {
    expect(gigabytes(written)).toBe(expected);
  });

  test.each([
    '',
    ' ',
    '.',
    'm',
    '1 Gi',
    '-1',
    '1K',
    '1gi',
    '1e',
    '1e999',
    'Gi',
    '0x10',
    '1_000',
    'NaN',
    '1'.repeat(65),
  ])('is not %j', (written) => {
    expect(parseQuantity(written)).toBeUndefined();
  });

  test.each([NaN, Infinity, -1])('is not the number %d', (written) => {
    expect(parseQuantity(written)).toBeUndefined();
  });

  test('of CPU is written to the thousandth, and read back the same', () => {
    expect([1, 0.5, 1.5, 0.001, 0.0001, 0.3333].map(coresQuantity)).toEqual([
      '1',
      '500m',
      '1500m',
      '1m',
      '1m',
      '334m',
    ]);
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 1_000_000 }), (milli) => {
        expect(cores(coresQuantity(milli / 1000))).toBe(milli / 1000);
      }),
    );
  });

  test('of memory is written as short as it goes, and read back to the byte', () => {
    expect([12, 1.5, 12.884901888, 0.1, 0.134217728, 0.000000001].map(memoryQuantity)).toEqual([
      '12G',
      '1500M',
      '12Gi',
      '100M',
      '128Mi',
      '1',
    ]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000_000_000 }), (bytes) => {
        expect(gigabytes(memoryQuantity(bytes / 1e9))).toBe(bytes / 1e9);
      }),
    );
  });
});
