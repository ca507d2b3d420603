import { arraySchema, membersOf } from '../../../domain/group/array';
import { MOST_MEMBERS } from '../../../domain/group/member';

const indexesOf = (indexes: string): number[] =>
  membersOf(arraySchema.parse({ indexes })).map(({ index }) => index);
const problemOf = (array: unknown): string =>
  arraySchema
    .safeParse(array)
    .error?.issues.map(({ message }) => message)
    .join('; ') ?? '';

describe('the indexes of an array', () => {
  test.each([
    ['0-9', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['0-9:3', [0, 3, 6, 9]],
    ['1,4,7', [1, 4, 7]],
    ['7, 1-3, 2', [1, 2, 3, 7]],
    ['5', [5]],
    ['999999999', [999_999_999]],
  ])('%s', (text, indexes) => {
    expect(indexesOf(text)).toEqual(indexes);
  });

  test.each([
    ['', 'has "", must be indexes such as 0-9, 0-9:3 (every third) or 1,4,7'],
    ['a-b', 'has "a-b", must be indexes'],
    ['-3', 'has "-3", must be indexes'],
    ['9-0', 'has "9-0", which ends before it begins'],
    ['0-9:0', 'has "0-9:0", whose step must be at least 1'],
    ['0-1000', `makes 1001 members, at most ${MOST_MEMBERS} are taken`],
    ['0-999999999', 'makes 1000000000 members'],
  ])('%p is refused', (indexes, why) => {
    expect(problemOf({ indexes })).toContain(why);
  });
});

describe('the matrix of an array', () => {
  test('makes one member for each combination; the last parameter changes fastest', () => {
    const array = arraySchema.parse({ matrix: { lr: [0.1, 0.01], seed: ['1', '2', '3'] } });
    expect(membersOf(array)).toEqual([
      { index: 0, parameters: { lr: '0.1', seed: '1' } },
      { index: 1, parameters: { lr: '0.1', seed: '2' } },
      { index: 2, parameters: { lr: '0.1', seed: '3' } },
      { index: 3, parameters: { lr: '0.01', seed: '1' } },
      { index: 4, parameters: { lr: '0.01', seed: '2' } },
      { index: 5, parameters: { lr: '0.01', seed: '3' } },
    ]);
  });

  test.each([
    [{}, 'has 0 parameters, must have 1 to 8'],
    [{ lr: [] }, 'expected array to have >=1 items'],
    [{ lr: ['1', 1] }, 'has "1" twice'],
    [{ index: ['1'] }, 'Invalid key'],
    [
      { a: Array.from({ length: 40 }, (_, n) => n), b: Array.from({ length: 26 }, (_, n) => n) },
      'makes 1040 members',
    ],
  ])('%j is refused', (matrix, why) => {
    expect(problemOf({ matrix })).toContain(why);
  });
});

test('an array has either indexes or a matrix', () => {
  expect(problemOf({})).toContain('must have either indexes or matrix');
  expect(problemOf({ indexes: '0-1', matrix: { a: ['1'] } })).toContain('must have either indexes or matrix');
});
