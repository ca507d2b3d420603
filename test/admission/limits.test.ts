import { placementSchema } from '../../domain/placement';
import { testPlacement } from '../support/placements';

function problem(limits: { workloads: number; createsPerHour: number }): string | undefined {
  const placement = testPlacement({ limits: { ...limits, createsPer5Minutes: 100 } });
  return placementSchema.safeParse(placement).error?.issues[0]?.message;
}

describe('the limits of a placement', () => {
  test('are what one row can hold', () => {
    expect(problem({ workloads: 100, createsPerHour: 300 })).toBeUndefined();
    expect(problem({ workloads: 300, createsPerHour: 500 })).toBeUndefined();
    expect(problem({ workloads: 500, createsPerHour: 300 })).toMatch(/must fit one row.*make two placements/);
  });
});
