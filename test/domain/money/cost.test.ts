import { jobView } from '../../../api/views/job-view';
import type { AttemptRow } from '../../../domain/attempt/attempt';
import type { JobRow } from '../../../domain/job/job';
import { attemptCost, billedMs, totalCost } from '../../../domain/money/cost';
import type { Placement } from '../../../domain/placement/placement';
import { testPlacement } from '../../support/placements';
import { attemptRow, jobRow, NEW_YEAR } from '../../support/rows';

const HOUR = 3_600_000;
const PRICES = { V100: 3, cpu: 0.04, memoryGb: 0.004 };
const usd = (amount: number) => ({ cost: { currency: 'USD', amount, estimated: true } });

function costAfter(
  ms: number,
  attempt: Partial<AttemptRow>,
  { job, prices = PRICES }: { job?: Partial<JobRow>; prices?: Placement['prices'] } = {},
): ReturnType<typeof attemptCost> {
  const placements = [testPlacement({ prices })];
  return attemptCost(attemptRow(attempt), jobRow(job), { placements, now: NEW_YEAR + ms });
}

describe('what is billed', () => {
  test('is nothing while a group is provisioned', () => {
    expect(billedMs(attemptRow(), NEW_YEAR + HOUR)).toBe(0);
    expect(costAfter(HOUR, {})).toEqual(usd(0));
  });

  test('begins with the image pull', () => {
    const row = attemptRow({
      phases: { provisioning: NEW_YEAR, pulling: NEW_YEAR + 10, running: NEW_YEAR + 50 },
    });
    expect(billedMs(row, NEW_YEAR + 110)).toBe(100);
  });

  test('begins with the program where no read showed the pull', () => {
    const phases = { provisioning: NEW_YEAR, running: NEW_YEAR + 50 };
    expect(billedMs(attemptRow({ phases, startedAt: NEW_YEAR + 20 }), NEW_YEAR + 120)).toBe(100);
  });

  test('ends when the group is gone, not when its program ends', () => {
    const phases = { pulling: NEW_YEAR };
    const ended = { phases, startedAt: NEW_YEAR, endedAt: NEW_YEAR + 100, cleanup: 'requested' } as const;
    expect(billedMs(attemptRow(ended), NEW_YEAR + 500)).toBe(500);
    expect(billedMs(attemptRow({ ...ended, cleanup: 'gone', goneAt: NEW_YEAR + 300 }), NEW_YEAR + 500)).toBe(
      300,
    );
  });

  test('ends when removal was asked for, in rows that do not tell when the group was gone', () => {
    const row = attemptRow({
      phases: { pulling: NEW_YEAR },
      cleanup: 'gone',
      removalRequestedAt: NEW_YEAR + 200,
    });
    expect(billedMs(row, NEW_YEAR + 500)).toBe(200);
  });

  test('is never negative, whatever the clocks say', () => {
    expect(billedMs(attemptRow({ phases: { pulling: NEW_YEAR + 100 } }), NEW_YEAR)).toBe(0);
  });
});

describe('the cost of an attempt', () => {
  const phases = { pulling: NEW_YEAR };

  test('is its GPUs, cores and memory by the hour', () => {
    const plan = { ...jobRow().plan, gpu: { count: 2, sku: 'V100' }, resources: { cpu: 4, memoryGb: 10 } };
    const row = jobRow();
    if (row.plan === undefined) throw new Error('The test job has a plan.');
    const job = { plan: { ...row.plan, ...plan, gpu: { count: 2 as const, sku: 'V100' } } };
    expect(costAfter(HOUR / 2, { phases }, { job })).toEqual(usd(3.1));
  });

  test('is by the GPU that it got', () => {
    const gpu = { count: 1, sku: 'T4', insteadOf: 'V100' };
    expect(costAfter(HOUR, { phases, gpu }, { prices: { V100: 3, T4: 0.5 } })).toEqual(usd(0.5));
  });

  test('is by the price of its SKU, in whatever case it is written', () => {
    const gpu = { count: 1, sku: 'v100' };
    expect(costAfter(HOUR, { phases, gpu }, { prices: { V100: 3 } })).toEqual(usd(3));
  });

  test('is unknown without prices, and with none for its GPU', () => {
    expect(costAfter(HOUR, { phases }, { prices: { cpu: 1 } })).toEqual({});
    expect(attemptCost(attemptRow({ phases }), jobRow(), { placements: [], now: NEW_YEAR })).toEqual({});
    expect(
      attemptCost(attemptRow({ phases }), jobRow(), { placements: [testPlacement()], now: NEW_YEAR }),
    ).toEqual({});
  });

  test('leaves out cores and memory that have no price', () => {
    expect(costAfter(HOUR, { phases }, { prices: { V100: 3 } })).toEqual(usd(3));
  });

  test('of a job without a GPU needs a price of cores or memory', () => {
    const { plan } = jobRow();
    if (plan === undefined) throw new Error('The test job has a plan.');
    const job = { plan: { ...plan, gpu: undefined } };
    expect(costAfter(HOUR, { phases }, { job, prices: { cpu: 0.04 } })).toEqual(usd(0.04));
    expect(costAfter(HOUR, { phases }, { job, prices: { V100: 3 } })).toEqual({});
  });
});

describe('the cost of a job', () => {
  test('is the sum of its attempts, and unknown when one of them is', () => {
    const [one, two] = [usd(0.1), usd(0.2)].map(({ cost }) => ({ ...cost, estimated: true as const }));
    expect(totalCost([one, two])).toEqual(usd(0.3));
    expect(totalCost([one, undefined])).toEqual({});
    expect(totalCost([])).toEqual({});
  });

  test('is in the view only when prices are given', () => {
    const records = {
      job: { row: jobRow({ state: 'active', attempt: 1 }), etag: '' },
      cancel: undefined,
      attempts: [{ row: attemptRow({ phases: { pulling: NEW_YEAR } }), etag: '' }],
    };
    const placements = [testPlacement({ prices: PRICES })];
    const view = jobView(records, { placements, now: NEW_YEAR + HOUR });
    expect(view).toMatchObject(usd(3.046));
    expect(view.attempts).toMatchObject([usd(3.046)]);
    expect(jobView(records)).not.toHaveProperty('cost');
  });
});
