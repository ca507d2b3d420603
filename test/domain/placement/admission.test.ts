import { ACI_TRAITS } from '../../../backends/aci/traits';
import { hasRoom, placementOrder, withHolder, withoutHolders } from '../../../domain/placement/admission';
import type { Placement } from '../../../domain/placement/placement';
import type { PlacementRow } from '../../../domain/ports/placement-store';
import { testPlacement } from '../../support/placements';
import { jobRow, NEW_YEAR } from '../../support/rows';

const MINUTE = 60_000;
const EMPTY: PlacementRow = { placement: 'eastus', holders: {}, recentCreations: [] };

function limited(limits: Partial<Placement['limits']>): Placement {
  return testPlacement({
    limits: {
      workloads: 100,
      creates: [
        { per: 300, most: 100 },
        { per: 3600, most: 300 },
      ],
      ...limits,
    },
  });
}

/** A row with places taken at the given minutes before NEW_YEAR, two cores each. */
function taken(...minutesAgo: number[]): PlacementRow {
  return minutesAgo.reduce(
    (row, ago, n) => withHolder(limited({}), row, `j-${n}`, { cores: 2, since: NEW_YEAR - ago * MINUTE }),
    EMPTY,
  );
}

describe('a placement has room', () => {
  test('below its limit of workloads', () => {
    expect(hasRoom(limited({ workloads: 2 }), ACI_TRAITS, taken(90), 1, NEW_YEAR)).toBe(true);
    expect(hasRoom(limited({ workloads: 2 }), ACI_TRAITS, taken(90, 80), 1, NEW_YEAR)).toBe(false);
  });

  test('below its limit of cores, the new ones counted', () => {
    expect(hasRoom(limited({ cores: 6 }), ACI_TRAITS, taken(90, 80), 2, NEW_YEAR)).toBe(true);
    expect(hasRoom(limited({ cores: 6 }), ACI_TRAITS, taken(90, 80), 3, NEW_YEAR)).toBe(false);
  });

  test('below its creations of the last five minutes', () => {
    const placement = limited({ creates: [{ per: 300, most: 2 }] });
    expect(hasRoom(placement, ACI_TRAITS, taken(4, 1), 1, NEW_YEAR)).toBe(false);
    // A create is sent up to a second later.
    expect(hasRoom(placement, ACI_TRAITS, taken(5, 1), 1, NEW_YEAR + 999)).toBe(false);
    expect(hasRoom(placement, ACI_TRAITS, taken(5, 1), 1, NEW_YEAR + 1000)).toBe(true);
  });

  test('below its creations of the last hour, whether their workloads are gone or not', () => {
    const placement = limited({ creates: [{ per: 3600, most: 2 }] });
    const row = withoutHolders(taken(59, 30), ['j-0', 'j-1']);
    expect(row.holders).toEqual({});
    expect(hasRoom(placement, ACI_TRAITS, row, 1, NEW_YEAR)).toBe(false);
    expect(hasRoom(placement, ACI_TRAITS, row, 1, NEW_YEAR + MINUTE + 1000)).toBe(true);
  });
});

describe('a place', () => {
  test('is taken by name once, however often', () => {
    const once = withHolder(limited({}), EMPTY, 'a', { cores: 1, since: NEW_YEAR });
    expect(Object.keys(withHolder(limited({}), once, 'a', { cores: 1, since: NEW_YEAR }).holders)).toEqual([
      'a',
    ]);
  });

  test('forgets creations older than an hour when it is taken', () => {
    const row = withHolder(limited({}), taken(62, 61, 59), 'new', { cores: 1, since: NEW_YEAR });
    expect(row.recentCreations).toEqual([NEW_YEAR - 59 * MINUTE, NEW_YEAR]);
  });

  test('is freed by name, others stay', () => {
    expect(Object.keys(withoutHolders(taken(3, 2, 1), ['j-1', 'unknown']).holders)).toEqual(['j-0', 'j-2']);
  });
});

describe('the order in which placements are tried', () => {
  const job = jobRow();
  const plan = job.plan && { ...job.plan, placements: ['a', 'b', 'c'] };

  test('is the order of the spec, those whose infrastructure failed the job last, and then around again', () => {
    expect(placementOrder(jobRow({ plan }))).toEqual(['a', 'b', 'c']);
    expect(placementOrder(jobRow({ plan, failedPlacements: ['a'] }))).toEqual(['b', 'c', 'a']);
    expect(placementOrder(jobRow({ plan, failedPlacements: ['c', 'a', 'b'] }))).toEqual(['c', 'a', 'b']);
    expect(placementOrder(jobRow({ plan, failedPlacements: ['b', 'elsewhere', 'a'] }))).toEqual([
      'c',
      'b',
      'a',
    ]);
  });
});
