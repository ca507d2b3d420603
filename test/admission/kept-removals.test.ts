import { ACI_TRAITS } from '../../backends/aci/traits';
import { afterLeaving, hasRoom, roomAgainAt, withHolder } from '../../domain/placement/admission';
import { usedOf } from '../../domain/placement/holder-verdict';
import type { PlacementRow } from '../../domain/ports/placement-store';
import { testPlacement } from '../support/placements';
import { attemptRow, jobRow, NEW_YEAR } from '../support/rows';

const MINUTE = 60_000;
const PLACEMENT = testPlacement();
const EMPTY: PlacementRow = { placement: 'eastus', holders: {}, recentCreations: [] };
const USED = { creation: true, removal: true };

function removals(count: number, at: number): PlacementRow {
  return { ...EMPTY, recentRemovals: Array<number>(count).fill(at) };
}

describe('creating keeps deletes free for removals', () => {
  test('a tenth of the hour: at 270 removals a create waits until the first of them is an hour old', () => {
    const at = NEW_YEAR - 30 * MINUTE;
    expect(hasRoom(PLACEMENT, ACI_TRAITS, removals(269, at), 1, NEW_YEAR)).toBe(true);
    expect(hasRoom(PLACEMENT, ACI_TRAITS, removals(270, at), 1, NEW_YEAR)).toBe(false);
    expect(roomAgainAt(PLACEMENT, ACI_TRAITS, removals(270, at), NEW_YEAR)).toBe(at + 60 * MINUTE);
  });

  test('a tenth of five minutes: at 90 removals', () => {
    const at = NEW_YEAR - MINUTE;
    expect(hasRoom(PLACEMENT, ACI_TRAITS, removals(89, at), 1, NEW_YEAR)).toBe(true);
    expect(roomAgainAt(PLACEMENT, ACI_TRAITS, removals(90, at), NEW_YEAR)).toBe(at + 5 * MINUTE);
  });

  test('keeps more where Azure has granted more, and never less than its default', () => {
    const limits = {
      workloads: 100,
      creates: [
        { per: 300, most: 10 },
        { per: 3600, most: 1_000 },
      ],
    };
    const at = NEW_YEAR - 30 * MINUTE;
    expect(hasRoom(testPlacement({ limits }), ACI_TRAITS, removals(899, at), 1, NEW_YEAR)).toBe(true);
    expect(hasRoom(testPlacement({ limits }), ACI_TRAITS, removals(900, at), 1, NEW_YEAR)).toBe(false);
    const few = {
      workloads: 100,
      creates: [
        { per: 300, most: 5 },
        { per: 3600, most: 5 },
      ],
    };
    expect(hasRoom(testPlacement({ limits: few }), ACI_TRAITS, removals(50, at), 1, NEW_YEAR)).toBe(true);
  });
});

describe('a name that leaves', () => {
  const held = withHolder(PLACEMENT, withHolder(PLACEMENT, EMPTY, 'a', { cores: 1, since: NEW_YEAR }), 'b', {
    cores: 1,
    since: NEW_YEAR + 1,
  });

  test('leaves its create and its removal behind, each for an hour', () => {
    expect(afterLeaving(ACI_TRAITS, held, 'a', USED, NEW_YEAR + MINUTE)).toEqual({
      placement: 'eastus',
      holders: { b: { cores: 1, since: NEW_YEAR + 1 } },
      recentCreations: [NEW_YEAR, NEW_YEAR + 1],
      recentRemovals: [NEW_YEAR + MINUTE],
    });
    const later = afterLeaving(ACI_TRAITS, removals(3, NEW_YEAR), 'a', USED, NEW_YEAR + 60 * MINUTE);
    expect(later.recentRemovals).toEqual([NEW_YEAR + 60 * MINUTE]);
  });

  test('gives its create back when none was sent, and counts no removal', () => {
    const row = afterLeaving(ACI_TRAITS, held, 'b', { creation: false, removal: false }, NEW_YEAR + MINUTE);
    expect(row).toEqual({ ...EMPTY, holders: { a: held.holders['a'] }, recentCreations: [NEW_YEAR] });
  });

  test('has used what its attempt used: a create once intended, a delete once sent, both only where it was placed', () => {
    const records = (over: Parameters<typeof attemptRow>[0]) => ({
      job: { row: jobRow(), etag: '1' },
      cancel: undefined,
      attempts: [{ row: attemptRow(over), etag: '2' }],
    });
    const intent = { kind: 'set', nonce: 'n', at: NEW_YEAR } as const;
    expect(usedOf('eastus', 1, records({ intent, deleteSentAt: NEW_YEAR }))).toEqual(USED);
    expect(usedOf('eastus', 1, records({ intent }))).toEqual({ creation: true, removal: false });
    expect(usedOf('eastus', 1, records({ intent: { kind: 'closed' } }))).toEqual({
      creation: false,
      removal: false,
    });
    expect(usedOf('westus2', 1, records({ intent, deleteSentAt: NEW_YEAR }))).toEqual({
      creation: false,
      removal: false,
    });
    expect(usedOf('eastus', 2, records({ intent }))).toEqual({ creation: false, removal: false });
  });
});

describe('room that time makes', () => {
  test('is none while a workload must leave first, and none is needed while there is room', () => {
    const full = testPlacement({
      limits: {
        workloads: 1,
        creates: [
          { per: 300, most: 1 },
          { per: 3600, most: 9 },
        ],
      },
    });
    const row = withHolder(PLACEMENT, EMPTY, 'a', { cores: 1, since: NEW_YEAR });
    expect(roomAgainAt(full, ACI_TRAITS, row, NEW_YEAR)).toBeUndefined();
    expect(roomAgainAt(PLACEMENT, ACI_TRAITS, row, NEW_YEAR)).toBeUndefined();
  });

  test('comes when the last of the windows and pauses lets it', () => {
    const limits = {
      workloads: 9,
      creates: [
        { per: 300, most: 1 },
        { per: 3600, most: 2 },
      ],
    };
    const placement = testPlacement({ limits });
    const two = withHolder(PLACEMENT, withHolder(PLACEMENT, EMPTY, 'a', { cores: 1, since: NEW_YEAR }), 'b', {
      cores: 1,
      since: NEW_YEAR + 10 * MINUTE,
    });
    const at = (row: PlacementRow): number | undefined =>
      roomAgainAt(placement, ACI_TRAITS, row, NEW_YEAR + 11 * MINUTE);
    expect(at(two)).toBe(NEW_YEAR + 60 * MINUTE + 1_000);
    expect(at({ ...two, pausedUntil: NEW_YEAR + 90 * MINUTE })).toBe(NEW_YEAR + 90 * MINUTE);
  });
});

test('a platform without windows of deletes has none noted, and none hinders creating', () => {
  const free = { removals: [] };
  const held = withHolder(PLACEMENT, EMPTY, 'a', { cores: 1, since: NEW_YEAR });
  expect(afterLeaving(free, held, 'a', USED, NEW_YEAR + MINUTE).recentRemovals).toBeUndefined();
  expect(hasRoom(PLACEMENT, free, removals(1_000, NEW_YEAR - MINUTE), 1, NEW_YEAR)).toBe(true);
});
