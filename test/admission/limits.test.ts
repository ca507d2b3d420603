import { placementSchema } from '../../backends/backends';
import { placementRowSchema } from '../../domain/ports/placement-store';
import { testPlacement } from '../support/placements';
import { testJobId } from '../support/rows';

function problem(limits: { workloads: number; createsPerHour: number }): string | undefined {
  const placement = testPlacement({ limits: { ...limits, createsPer5Minutes: 100 } });
  return placementSchema.safeParse(placement).error?.issues[0]?.message;
}

describe('the limits of a placement', () => {
  test('are what one row can hold', () => {
    expect(problem({ workloads: 100, createsPerHour: 300 })).toBeUndefined();
    expect(problem({ workloads: 290, createsPerHour: 500 })).toBeUndefined();
    expect(problem({ workloads: 500, createsPerHour: 300 })).toMatch(/must fit one row.*make two placements/);
  });

  test('leave a row that is full, with all SKUs shut, within its column', () => {
    const now = 1_767_225_600_000;
    const instants = (n: number): number[] => Array.from({ length: n }, (_, i) => now + i);
    const shut = { since: now, why: 'capacity', refusals: 48, until: now, probe: `${testJobId(1)}-50` };
    const row = {
      placement: 'p'.repeat(63),
      holders: Object.fromEntries(
        instants(290).map((n) => [`${testJobId(n)}-50`, { cores: 24, since: now }]),
      ),
      recentCreations: instants(500),
      recentRemovals: instants(450), // A tenth of the deletes is kept back.
      pausedUntil: now,
      shut: { cpu: shut, ['V'.repeat(64)]: shut },
      wakeAt: now,
    };
    expect(JSON.stringify(placementRowSchema.parse(row)).length).toBeLessThanOrEqual(32 * 1024);
  });
});
