import { parseSchedule } from '../../../../standins/functions-host/timers/ncrontab';
import {
  afterRun,
  startingPoint,
  timerInfo,
} from '../../../../standins/functions-host/timers/schedule-status';

const hourly = parseSchedule('0 0 * * * *');
const at = (time: string): number => Date.parse(`2026-11-22T${time}Z`);

test('a timer never seen before misses nothing and waits for its next occurrence', () => {
  expect(startingPoint(undefined, hourly, at('10:30:00'))).toEqual({
    status: { last: undefined, next: at('11:00:00'), lastUpdated: at('10:30:00') },
    missed: undefined,
  });
});

test('a recorded occurrence that lies behind was missed, one that lies ahead was not', () => {
  const stored = { last: at('09:00:00'), next: at('10:00:00'), lastUpdated: at('09:00:00') };
  expect(startingPoint(stored, hourly, at('09:59:59')).missed).toBeUndefined();
  expect(startingPoint(stored, hourly, at('12:30:00'))).toEqual({ status: stored, missed: at('10:00:00') });
});

test('one that never ran reckons from when it was first seen', () => {
  const stored = { last: undefined, next: at('11:00:00'), lastUpdated: at('10:30:00') };
  expect(startingPoint(stored, hourly, at('11:30:00')).missed).toBe(at('11:00:00'));
});

test('a schedule that has changed is taken up from now on and misses nothing', () => {
  const stored = { last: at('09:15:00'), next: at('09:45:00'), lastUpdated: at('09:15:00') };
  expect(startingPoint(stored, hourly, at('12:30:00'))).toEqual({
    status: { last: undefined, next: at('13:00:00'), lastUpdated: at('12:30:00') },
    missed: undefined,
  });
  expect(startingPoint(stored, hourly, at('09:50:00'))).toEqual({
    status: { last: undefined, next: at('10:00:00'), lastUpdated: at('09:15:00') },
    missed: undefined,
  });
});

test('a run a moment early counts as its occurrence, so that it does not come twice', () => {
  const status = { last: undefined, next: at('11:00:00'), lastUpdated: at('10:30:00') };
  expect(afterRun(status, hourly, at('10:59:59'), true)).toMatchObject({
    last: at('11:00:00'),
    next: at('12:00:00'),
  });
  expect(afterRun(status, hourly, at('10:59:59'), false)).toMatchObject({
    last: at('10:59:59'),
    next: at('11:00:00'),
  });
});

test('the input of a timer function spells times as .NET does', () => {
  const status = { last: undefined, next: at('11:00:00'), lastUpdated: at('10:30:00') + 250 };
  expect(JSON.parse(timerInfo(status, true))).toEqual({
    Schedule: { AdjustForDST: true },
    ScheduleStatus: {
      Last: '0001-01-01T00:00:00+00:00',
      LastUpdated: '2026-11-22T10:30:00.25+00:00',
      Next: '2026-11-22T11:00:00+00:00',
    },
    IsPastDue: true,
  });
});
