import { ago, dateAndTime, duration } from '../../cli/show/duration';
import { cut, pairs, table } from '../../cli/show/table';
import { costInWords, costOf, gpuInWords } from '../../cli/show/words';
import { parseInstant } from '../../cli/spec/instants';

test.each([
  [-5, '0.0 s'],
  [420, '0.4 s'],
  [9_940, '9.9 s'],
  [9_960, '10 s'],
  [59_600, '1 min 00 s'],
  [134_000, '2 min 14 s'],
  [3_599_900, '1 h 00 min'],
  [3_720_000, '1 h 02 min'],
  [90_000_000, '1 d 1 h'],
])('%i ms are shown as %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

test.each([
  [400, 'now'],
  [59_000, '59 s ago'],
  [7_200_000, '2 h ago'],
  [200_000_000, '2 d ago'],
])('%i ms before now are shown as %s', (ms, text) => {
  expect(ago(ms)).toBe(text);
});

test('a table aligns its columns, colours or not, and ends no line with blanks', () => {
  expect(
    table(
      ['A', 'B'],
      [
        ['\u001b[31mlong one\u001b[39m', 'x'],
        ['y', ''],
      ],
    ),
  ).toEqual(['A         B', '\u001b[31mlong one\u001b[39m  x', 'y']);
  expect(
    pairs([
      ['a', '1'],
      ['bcd', '2'],
    ]),
  ).toEqual(['a    1', 'bcd  2']);
});

test('a line is cut with an ellipsis, only where it is too long', () => {
  expect([cut('abcdef', 4), cut('abcd', 4)]).toEqual(['abc…', 'abcd']);
});

test('costs, GPUs and instants are read by people', () => {
  expect(costInWords({ amount: 0.00123, currency: 'USD', estimated: true })).toBe('$0.0012');
  expect(costInWords({ amount: 12.345, currency: 'EUR', estimated: true })).toBe('12.35 EUR');
  expect(gpuInWords({ count: 1, sku: 'V100', insteadOf: 'K80' })).toBe('1 × V100 (instead of K80)');
  const now = Date.UTC(2026, 0, 31, 12);
  expect(parseInstant('--since', '2h', now)).toBe('2026-01-31T10:00:00.000Z');
  expect(parseInstant('--since', '2026-01-30', now)).toBe('2026-01-30T00:00:00.000Z');
  expect(() => parseInstant('--since', 'yesterday', now)).toThrow(/--since is "yesterday"/);
});

test('an instant is shown with its zone, so that it is one instant wherever it is read', () => {
  const instant = Date.UTC(2026, 0, 31, 14, 3, 9);
  const [day = '', time = '', zone = ''] = dateAndTime(instant).split(' ');
  expect(Date.parse(`${day}T${time}${zone === 'UTC' ? 'Z' : zone}`)).toBe(instant);
});

test('a cost is "so far" while it may still grow', () => {
  const cost = { amount: 0.5, currency: 'USD', estimated: true } as const;
  expect([costOf({ ...cost, soFar: true }), costOf(cost)]).toEqual([
    '$0.5000 so far, estimated',
    '$0.5000, estimated',
  ]);
});
