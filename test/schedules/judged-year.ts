// Compares what became of each fire of a virtual year with the fires that another reckoning finds.
import { reckonedFires } from './reckoned-fires';
import { type YearOf, yearOfSchedules } from './year';

export interface JudgedYear {
  readonly ticks: number;
  readonly cut: number;
  readonly doubled: number;
  readonly downtimes: number;
  readonly schedules: readonly {
    readonly name: string;
    /** How many fires were reckoned. */
    readonly fires: number;
    readonly submitted: number;
    readonly skipped: number;
    /** Fires that lie too far back in a downtime to be made. */
    readonly missed: number;
    readonly jobs: number;
  }[];
  /** Fires with no fate, with two, or with another than they should have; jobs without a fire; jobs that met. */
  readonly wrong: readonly string[];
}

/** Fires as late as that at the first tick after a downtime have been missed (schedule-due.ts); milliseconds. */
const GRACE_MS = 5 * 60_000;

/** Runs and judges a year, in a process of plain node. */
export async function judgedYear(year: YearOf): Promise<JudgedYear> {
  const told = await yearOfSchedules(year);
  const wrong = [...told.meetings];
  const decided = new Map<string, string[]>();
  for (const decision of told.decisions) {
    const [name = '', fireAt = '', action = ''] = decision.split(' ');
    if (action !== 'missed')
      decided.set(`${name} ${fireAt}`, [...(decided.get(`${name} ${fireAt}`) ?? []), action]);
  }
  const schedules = year.schedules.map((schedule) => {
    const { name, cron, timeZone = 'UTC', overlap = 'allow', catchUp = 'skip' } = schedule;
    const fires = reckonedFires(cron, timeZone, year.from, year.until).filter((fire) => fire > year.from);
    const missed = missedOf(fires, told.downtimes, catchUp);
    const counts = { submitted: 0, skipped: 0 };
    for (const fire of fires) {
      const fates = decided.get(`${name} ${fire}`) ?? [];
      decided.delete(`${name} ${fire}`);
      const [fate] = fates;
      const isRight = missed.has(fire)
        ? fates.length === 0
        : fates.length === 1 && (fate === 'submitted' || (fate === 'skipped' && overlap !== 'allow'));
      if (!isRight) wrong.push(`${name} ${new Date(fire).toISOString()}: ${fates.join(', ') || 'nothing'}`);
      if (fate === 'submitted' || fate === 'skipped') counts[fate] += 1;
    }
    const jobs = told.jobs.filter((job) => job.schedule === name).length;
    if (jobs !== counts.submitted)
      wrong.push(`${name}: ${counts.submitted} fires were submitted, ${jobs} jobs made`);
    return { name, fires: fires.length, ...counts, missed: missed.size, jobs };
  });
  wrong.push(...[...decided.keys()].map((key) => `${key}: decided, and no fire`));
  const { ticks, cut, doubled, downtimes } = told;
  return { ticks, cut, doubled, downtimes: downtimes.length, schedules, wrong: wrong.slice(0, 20) };
}

function missedOf(
  fires: readonly number[],
  downtimes: readonly (readonly [number, number])[],
  catchUp: 'skip' | 'one',
): ReadonlySet<number> {
  const missed = downtimes.flatMap(([last, first]) => {
    const within = fires.filter((fire) => fire > last && fire <= first);
    const late = within.filter((fire) => fire <= first - GRACE_MS);
    return catchUp === 'one' && late.length === within.length ? late.slice(0, -1) : late;
  });
  return new Set(missed);
}
