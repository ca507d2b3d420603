import { inPlainNode } from '../support/plain-node';
import { type DayWithoutCapacity, dayWithoutCapacitySchema } from './day-without-capacity';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Generous, because the machine may be busy with other tests. Milliseconds. */
const LIMIT_MS = 300_000;
const JOBS = 100;

describe('a hundred jobs that wait a day for a GPU that can not be had', () => {
  let result: DayWithoutCapacity;
  let inTheDay: number[];
  beforeAll(async () => {
    result = await inPlainNode({
      module: 'test/admission/day-without-capacity.ts',
      name: 'runDayWithoutCapacity',
      argument: { jobs: JOBS, hours: 24, places: JOBS },
      answer: dayWithoutCapacitySchema,
      limitMs: LIMIT_MS,
    });
    inTheDay = result.creates.filter((at) => at < DAY);
    process.stderr.write(`a day without capacity: ${inTheDay.length} creates, ${result.seconds.toFixed(1)} s
`);
  }, LIMIT_MS);

  test('send one create at a time, each later than the one before: 1, 2, 4, 8, 16 minutes, then half an hour', () => {
    const gaps = inTheDay.slice(1).map((at, n) => at - (inTheDay[n] ?? 0));
    const least = gaps.map((_, n) => Math.min(2 ** n, 30) * MINUTE);
    // A job that may try comes up to a tick of a minute later, never sooner.
    expect(gaps.filter((gap, n) => gap < (least[n] ?? 0) || gap > (least[n] ?? 0) + MINUTE)).toEqual([]);
  });

  test('send 53 creates in the day at most, for all of them together', () => {
    // The first, those 1, 3, 7, 15 and 31 minutes later, then one each half hour for the other 1409 minutes.
    expect(inTheDay.length).toBeLessThanOrEqual(1 + 5 + Math.ceil((24 * 60 - 31) / 30));
    expect(inTheDay.length).toBeGreaterThan(45); // They never stop trying.
  });

  test('wait all the time, but for the oldest, which has used up its fifty attempts', () => {
    expect([result.waitingAtTheEnd, result.mostAttempts]).toEqual([JOBS - 1, 50]);
    expect(result.outcomes).toEqual({ Failed: 1, Succeeded: JOBS - 1 });
  });

  test('run when there are some again: the first within half an hour and a tick, all others at once after it, the oldest first', () => {
    expect(result.firstAfterMs).toBeLessThanOrEqual(31 * MINUTE);
    expect(result.lastAfterMs - result.firstAfterMs).toBeLessThanOrEqual(2 * MINUTE);
    expect(result.admittedAfterwards).toEqual(Array.from({ length: JOBS - 1 }, (_, n) => n + 1));
  });
});
