import { parseTimeSpan } from '../../../../standins/functions-host/timers/time-span';

test.each([
  ['00:00:30', 30_000],
  ['00:10', 600_000],
  ['01:02:03', 3_723_000],
  ['3.00:00:00', 259_200_000],
  ['00:00:00.100', 100],
  ['00:00:00.1', 100],
  ['00:00:01.0005', 1_000.5],
])('%s is %d ms', (text, ms) => {
  expect(parseTimeSpan(text)).toBeCloseTo(ms, 6);
});

test.each(['', '30', '24:00:00', '00:60:00', '00:00:60', '-00:00:01', '1d', '00:00:00.'])(
  '"%s" is none',
  (text) => {
    expect(parseTimeSpan(text)).toBeUndefined();
  },
);
