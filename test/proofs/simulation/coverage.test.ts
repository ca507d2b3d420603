// What the simulation counts as reachable, and how it brings about what chance left out.
import { faultOf, faultsOf, textOfFault } from '../../../proofs/faults/fault';
import { emptyTally, type Tally } from '../../../proofs/simulation/report/tally';
import { coverage, hitMissed } from '../../../proofs/simulation/steering/coverage';
import type { SeedOrder } from '../../../proofs/simulation/steering/seed-order';

const KINDS = faultsOf('jobs.commit', 'running');

/** Seeds that came to commits of running jobs and met these kinds of fault there. */
function tallyOf(seeds: number, kinds: readonly string[]): Tally {
  return {
    ...emptyTally(),
    seeds,
    reached: { 'jobs.commit running': seeds },
    hit: Object.fromEntries(kinds.map((kind) => [`${kind} jobs.commit running`, 1])),
    cameBy: { 'jobs.commit running': { seed: 7, forced: [] } },
  };
}

/** A runner in which forced faults happen and lead to a place that no seed came to before. */
function runner(orders: SeedOrder[]) {
  return (wanted: readonly SeedOrder[]): Promise<Tally> => {
    orders.push(...wanted);
    const tally = { ...emptyTally(), seeds: wanted.length };
    for (const order of wanted) {
      for (const fault of order.forced) tally.hit[fault] = 1;
      tally.reached['jobs.commit due'] = 1;
      tally.cameBy['jobs.commit due'] ??= order;
    }
    return Promise.resolve(tally);
  };
}

test('each kind of fault at a place that was reached is a combination, hit or missed', () => {
  const { possible, missed } = coverage(tallyOf(3, ['late', 'slow']));
  expect(possible).toBe(KINDS.length);
  expect(missed.map(({ fault }) => faultOf(fault).kind).sort()).toEqual(
    KINDS.filter((kind) => kind !== 'late' && kind !== 'slow').sort(),
  );
});

test('what was missed is forced in a seed that came there, and so is what that leads to', async () => {
  const tally = tallyOf(3, KINDS.slice(1));
  const orders: SeedOrder[] = [];
  await hitMissed(tally, 100, runner(orders));
  const first = `${KINDS[0] ?? ''} jobs.commit running`;
  expect(orders[0]).toEqual({ seed: 7, forced: [first] });
  expect(orders.slice(1).map(({ forced }) => forced)).toEqual(
    [...KINDS].sort().map((kind) => [first, `${kind} jobs.commit due`]),
  );
  expect(coverage(tally).missed).toEqual([]);
  expect(tally.seeds).toBe(3 + 1 + KINDS.length);
});

test('no more runs are made than allowed', async () => {
  const orders: SeedOrder[] = [];
  await hitMissed(tallyOf(3, []), 2, runner(orders));
  expect(orders).toHaveLength(2);
});

test('a fault that could not be met even so is tried once', async () => {
  const orders: SeedOrder[] = [];
  await hitMissed(tallyOf(3, KINDS.slice(1)), 100, (wanted) => {
    orders.push(...wanted);
    return Promise.resolve({ ...emptyTally(), seeds: wanted.length });
  });
  expect(orders).toHaveLength(1);
});

test('a fault is read as it is written, and anything else is refused with what is allowed', () => {
  const fault = { kind: 'late-effect', call: 'arm.put', state: 'create' } as const;
  expect(faultOf(textOfFault(fault))).toEqual(fault);
  expect(() => faultOf('late-effect arm.get look')).toThrow(/"late-effect arm.get look".*one of throttled/);
  expect(() => faultOf('late jobs.commit')).toThrow(RangeError);
});
