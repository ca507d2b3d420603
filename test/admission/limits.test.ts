import { placementSchema } from '../../backends/backends';
import { placementRowSchema } from '../../domain/ports/placement-store';
import { testPlacement } from '../support/placements';
import { testJobId } from '../support/rows';

type Creates = readonly { readonly per: number; readonly most: number }[];

const azures = (perHour: number): Creates => [
  { per: 300, most: 100 },
  { per: 3600, most: perHour },
];

function problem(workloads: number, creates: Creates | undefined, over: object = {}): string | undefined {
  const placement = { ...testPlacement(), limits: { workloads, creates }, ...over };
  const issue = placementSchema.safeParse(placement).error?.issues[0];
  return issue && `${issue.path.join('/')} ${issue.message}`;
}

describe('the limits of a placement', () => {
  test('are what one row can hold', () => {
    expect(problem(100, azures(300))).toBeUndefined();
    expect(problem(160, azures(500))).toBeUndefined();
    expect(problem(500, azures(300))).toMatch(/^limits must fit one row.*make two placements/);
  });

  test('count each holder, each instant of the longest window and of the removals, and each SKU', () => {
    // 300 creates and 300 removals × 14, one SKU and none × 240: 8,880 of 32,000. A holder takes 82 characters, with
    // GPUs 18 more and the SKU.
    expect(problem(222, azures(300))).toBeUndefined();
    expect(problem(223, azures(300))).toMatch(/fit one row/);
    expect(problem(284, azures(300), { gpus: [] })).toBeUndefined();
    expect(problem(285, azures(300), { gpus: [] })).toMatch(/fit one row/);
    // Of five minutes the row keeps 100 creates, and removals of an hour all the same: no more than Azure's 300.
    expect(problem(249, [{ per: 300, most: 100 }])).toBeUndefined();
    expect(problem(250, [{ per: 300, most: 100 }])).toMatch(/fit one row/);
  });

  test.each([
    [[{ per: 7200, most: 10 }], /^limits\/creates\/0\/per /],
    [[{ per: 0, most: 10 }], /^limits\/creates\/0\/per /],
    [[{ per: 300, most: 0 }], /^limits\/creates\/0\/most /],
    [[{ per: 3600, most: 2_000 }], /^limits must fit one row/],
    [[{ per: 1, most: 1 }], undefined],
    [[], undefined],
  ])('with creates %j: %s', (creates, said) => {
    if (said === undefined) expect(problem(10, creates)).toBeUndefined();
    else expect(problem(10, creates)).toMatch(said);
  });

  test('are the windows of the platform where none are named', () => {
    const { limits } = placementSchema.parse({ ...testPlacement(), limits: { workloads: 1 } });
    expect(limits.creates).toEqual(azures(300));
  });

  test('leave a row that is full, with all SKUs shut, within its column', () => {
    const now = 1_767_225_600_000;
    const instants = (n: number): number[] => Array.from({ length: n }, (_, i) => now + i);
    const shut = { since: now, why: 'capacity', refusals: 48, until: now, probe: `${testJobId(1)}-50` };
    const row = {
      placement: 'p'.repeat(63),
      holders: Object.fromEntries(
        instants(160).map((n) => [
          `${testJobId(n)}-50`,
          { cores: 24.25, memoryGb: 1800.25, gpus: 4, sku: 'V100', since: now },
        ]),
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
