import type { JobView } from '../../../api/jobs';
import { jobView } from '../../../api/views/job-view';
import type { AttemptRow } from '../../../domain/attempt/attempt';
import { withGone } from '../../../domain/attempt/gone';
import type { JobRow } from '../../../domain/job/job';
import type { Billing, Pricing } from '../../../domain/money/attempt-cost';
import type { Prices } from '../../../domain/money/price';
import { attemptRow, jobRow, NEW_YEAR } from '../../support/rows';

const HOUR = 3_600_000;
const { plan } = jobRow();
if (plan === undefined) throw new Error('The test job has a plan.');
const PLAN = plan; // One V100.

const billing = (prices: Prices | undefined): Billing => ({
  bills: { from: 'pulling', until: 'gone', of: 'workload' },
  prices,
});
/** The pricing so many hours after the pull, with these prices at every placement. */
const pricing = (hours: number, prices?: Prices): Pricing => ({
  billingOf: () => billing(prices),
  now: NEW_YEAR + hours * HOUR,
});

function pulled(over: Partial<AttemptRow> = {}): AttemptRow {
  return attemptRow({ phases: { pulling: NEW_YEAR }, ...over });
}
/** An attempt that was gone an hour after its pull. */
function gone(prices: Prices | undefined, over: Partial<AttemptRow> = {}): AttemptRow {
  return withGone(pulled(over), PLAN, billing(prices), NEW_YEAR + HOUR);
}

function view(job: Partial<JobRow>, attempts: AttemptRow[], at?: Pricing): JobView {
  const rows = attempts.map((row) => ({ row, etag: '2' }));
  return jobView({ job: { row: jobRow(job), etag: '1' }, cancel: undefined, attempts: rows }, at);
}

const ACTIVE = { state: 'active', attempt: 1 } as const;
const OVER = { state: 'over', outcome: 'Succeeded', attempt: 1 } as const;

describe('the cost of an attempt', () => {
  test('grows until its workload is gone', () => {
    const [attempt] = view(OVER, [pulled({ cleanup: 'requested' })], pricing(2, { V100: 3 })).attempts;
    expect(attempt?.cost).toEqual({
      currency: 'USD',
      amount: 6,
      estimated: true,
      soFar: true,
      billedSeconds: 7_200,
      prices: [{ of: 'V100', perHour: 3, quantity: 1 }],
    });
  });

  test.each<[string, Pricing | undefined]>([
    ['time passes', pricing(50, { V100: 3 })],
    ['a price changes', pricing(1, { V100: 300 })],
    ['its placement has no prices any more', pricing(1)],
    ['nobody asks for prices', undefined],
  ])('is final once its workload is gone, whether or not %s', (_what, later) => {
    const [attempt] = view(OVER, [gone({ V100: 3 })], later).attempts;
    expect(attempt?.cost).toEqual({
      currency: 'USD',
      amount: 3,
      estimated: true,
      billedSeconds: 3_600,
      prices: [{ of: 'V100', perHour: 3, quantity: 1 }],
    });
  });

  test('stays unknown when it had no price as it ended, though it has one now', () => {
    const shown = view(OVER, [gone(undefined)], pricing(2, { V100: 3 }));
    expect(shown.attempts[0]).not.toHaveProperty('cost');
    expect(shown).not.toHaveProperty('cost');
  });

  test('grows again, by the prices that it had, when its workload is there again', () => {
    const reopened: AttemptRow = { ...gone({ V100: 3 }), cleanup: 'requested' };
    const [attempt] = view(OVER, [reopened], pricing(2, { V100: 300 })).attempts;
    expect(attempt?.cost).toMatchObject({ amount: 6, soFar: true });
  });

  test('is not computed from the rows alone before it is final', () => {
    expect(view(ACTIVE, [pulled()]).attempts[0]).not.toHaveProperty('cost');
  });
});

describe('the cost of a job', () => {
  test('is that of attempts that are gone and of one that is not, together', () => {
    const attempts = [gone({ V100: 3 }), pulled({ number: 2 })];
    const shown = view({ ...ACTIVE, attempt: 2 }, attempts, pricing(2, { V100: 5 }));
    // An hour at 3 dollars, and two at 5.
    expect(shown.cost).toEqual({ currency: 'USD', amount: 13, estimated: true, soFar: true });
  });

  test('is final when the job is over and every workload gone', () => {
    expect(view(OVER, [gone({ V100: 3 })]).cost).toEqual({ currency: 'USD', amount: 3, estimated: true });
  });

  test('may grow while another attempt may follow', () => {
    expect(view({ state: 'waiting', attempt: 1 }, [gone({ V100: 3 })]).cost).toMatchObject({ soFar: true });
  });

  test('is unknown when that of one attempt is', () => {
    const attempts = [gone(undefined), gone({ V100: 3 }, { number: 2 })];
    expect(view({ ...OVER, attempt: 2 }, attempts)).not.toHaveProperty('cost');
  });

  test('is known in spite of an attempt without a price that never began: it cost nothing', () => {
    const refused = withGone(attemptRow(), PLAN, billing(undefined), NEW_YEAR);
    const shown = view({ ...OVER, attempt: 2 }, [refused, gone({ V100: 3 }, { number: 2 })]);
    expect(shown.attempts[0]).not.toHaveProperty('cost');
    expect(shown.cost).toMatchObject({ amount: 3 });
  });

  test('is left out where there are no prices, though nothing ever began', () => {
    const refused = withGone(attemptRow(), PLAN, billing(undefined), NEW_YEAR);
    expect(view(OVER, [refused])).not.toHaveProperty('cost');
  });
});
