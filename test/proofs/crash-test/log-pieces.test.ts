// An archived log compared with the printed text: whole, or with every hole on record.
import type { Gap } from '../../../domain/logs/log-index';
import { missingFrom } from '../../../proofs/crash-test/log-pieces';

const PRINTED = 'line 1\nline 2\nline 3\nline 4\n';

function judge(archived: string, at: readonly number[], mustBeWhole = false): string | undefined {
  const gaps = at.map((offset): Gap => ({ at: offset, kind: 'missing', why: 'too late' }));
  return missingFrom({ archived: Buffer.from(archived), printed: Buffer.from(PRINTED), gaps }, mustBeWhole);
}

test('the text as printed is whole, whatever gaps were feared', () => {
  expect(judge(PRINTED, [], true)).toBeUndefined();
  expect(judge(PRINTED, [7])).toBeUndefined();
});

test('a hole on record is admitted at the start, within and at the end', () => {
  expect(judge('line 3\nline 4\n', [0])).toBeUndefined();
  expect(judge('line 1\nline 4\n', [7])).toBeUndefined();
  expect(judge('line 1\nline 2\n', [14])).toBeUndefined();
});

test('a hole on record is a fault where the platform still had the whole text', () => {
  expect(judge('line 1\nline 4\n', [7], true)).toBe('is not what was printed (14 of 28 bytes, 1 gaps)');
});

test.each([
  ['without any gap', 'line 1\nline 4\n', [], 'is not what was printed (14 of 28 bytes) and admits no gap'],
  [
    'with a gap elsewhere',
    'line 1\nline 4\n',
    [14],
    'has bytes at 0 that were not printed there (14 of 28 bytes)',
  ],
  ['at the start', 'line 2\nline 4\n', [7], 'lacks 7 bytes before 0 and admits no gap there'],
  ['at the end', 'line 1\nline 3\n', [7], 'lacks its last 7 bytes and admits no gap there'],
])('a hole %s is a fault', (_, archived, gaps, what) => {
  expect(judge(archived, gaps)).toBe(what);
});

test('bytes in another order, twice, or never printed are faults', () => {
  expect(judge('line 3\nline 1\n', [0, 7])).toBe(
    'has bytes at 7 that were not printed there (14 of 28 bytes)',
  );
  expect(judge('line 1\nline 1\n', [7])).toBe('has bytes at 7 that were not printed there (14 of 28 bytes)');
  expect(judge('line 9\n', [0])).toBe('has bytes at 0 that were not printed there (7 of 28 bytes)');
});
