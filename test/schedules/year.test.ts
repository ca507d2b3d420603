// A whole year, minute by minute, in a process of plain node. `npm test` runs it once; change the seed here to try
// another.
import { z } from 'zod';

import { inPlainNode } from '../support/plain-node';
import type { YearOf } from './year';

const NEW_YEAR = Date.UTC(2026, 0, 1);

const YEAR: YearOf = {
  seed: 2026,
  from: NEW_YEAR,
  until: Date.UTC(2027, 0, 1),
  jobMinutes: 40,
  removalMinutes: 3,
  schedules: [
    { name: 'berlin-nightly', cron: '30 2 * * *', timeZone: 'Europe/Berlin' },
    { name: 'berlin-before-dawn', cron: '*/20 0-4 * * *', timeZone: 'Europe/Berlin' },
    { name: 'new-york-hourly', cron: '0 * * * *', timeZone: 'America/New_York' },
    {
      name: 'new-york-nights',
      cron: '*/30 1-2 * * 0,6',
      timeZone: 'America/New_York',
      catchUp: 'one',
    },
    { name: 'lord-howe', cron: '45 1,2 * * *', timeZone: 'Australia/Lord_Howe' },
    { name: 'santiago-midnight', cron: '0 0 * * *', timeZone: 'America/Santiago', catchUp: 'one' },
    { name: 'kathmandu-odd-days', cron: '15 9 1,30 * 1', timeZone: 'Asia/Kathmandu' },
    { name: 'st-johns-busy', cron: '*/2 5 * * 1,4', timeZone: 'America/St_Johns' },
    { name: 'utc-skip', cron: '*/15 8-11 * * 1-5', timeZone: 'UTC', overlap: 'skip' },
    {
      name: 'casablanca-replace',
      cron: '10,40 */2 * * *',
      timeZone: 'Africa/Casablanca',
      overlap: 'replace',
    },
  ],
};

const count = z.number().int();
const judgedSchema = z.object({
  ticks: count,
  cut: count,
  doubled: count,
  downtimes: count,
  schedules: z.array(
    z.object({
      name: z.string(),
      fires: count,
      submitted: count,
      skipped: count,
      missed: count,
      jobs: count,
    }),
  ),
  wrong: z.array(z.string()),
});

test('in a year with restarts, doubled ticks and downtimes each fire of each schedule is one job, or passed over for a reason', async () => {
  const judged = await inPlainNode({
    module: 'test/schedules/judged-year.ts',
    name: 'judgedYear',
    argument: YEAR,
    answer: judgedSchema,
    limitMs: 280_000,
  });
  expect(judged.wrong).toEqual([]);
  expect(judged.ticks).toBeGreaterThan(500_000);
  expect(Math.min(judged.cut, judged.doubled)).toBeGreaterThan(1_000);
  expect(judged.downtimes).toBeGreaterThan(5);

  const of = (name: string) => judged.schedules.find((schedule) => schedule.name === name);
  // One a day, and on both days whose clock changes.
  expect(of('berlin-nightly')?.fires).toBe(365);
  // Every hour of the year but its first minute, when the schedule is first seen.
  expect(of('new-york-hourly')?.fires).toBe(8_759);
  for (const { name, fires, submitted, skipped, missed, jobs } of judged.schedules) {
    expect([name, submitted + skipped + missed]).toEqual([name, fires]);
    expect([name, jobs]).toEqual([name, submitted]);
  }
  // A job outlives two further fires of its schedule: under "skip" they are passed over, under "replace" they take its
  // place.
  expect(of('utc-skip')?.skipped).toBeGreaterThan(1_000);
  expect(of('casablanca-replace')?.skipped).toBe(0);
}, 300_000);
