import type { PlacementView } from '../../api/placements';
import { placementCheck, standingChecks, unaccountedChecks } from '../../cli/commands/doctor';

function placement(over: Partial<PlacementView> = {}): PlacementView {
  return {
    name: 'eastus',
    backend: 'aci',
    gpus: [
      { sku: 'V100', counts: [1, 2] },
      { sku: 'P100', counts: [1] },
    ],
    limits: {
      workloads: 9,
      creates: [
        { per: 300, most: 9 },
        { per: 3600, most: 9 },
      ],
    },
    held: { workloads: 0, cores: 0 },
    free: { workloads: 9, createsNow: 9 },
    health: 'ok',
    refuses: [],
    ...over,
  };
}

const refusing = (sku: string, counts: number[]): PlacementView['refuses'][number] => ({
  what: `${sku} × ${counts.join('/')}`,
  why: 'retired',
  gpu: { sku, counts },
});

describe('what the doctor says of a placement', () => {
  test('is that it takes jobs, when it does, whatever else than GPUs it refuses', () => {
    const args = { what: 'args without command', why: 'unknown' };
    expect(placementCheck(placement({ refuses: [args] }), false)).toMatchObject({
      standing: 'ok',
      detail: 'takes jobs',
    });
  });

  test('is that it starts nothing while the deployment drains', () => {
    expect(placementCheck(placement(), true)).toMatchObject({
      standing: 'warning',
      detail: 'starts nothing: the deployment drains, jobs wait',
    });
  });

  test('is a failure when each GPU that it offers is refused, draining or not', () => {
    const refuses = [refusing('V100', [1, 2]), refusing('P100', [1])];
    for (const draining of [false, true])
      expect(placementCheck(placement({ refuses }), draining)).toMatchObject({
        standing: 'failed',
        detail: 'takes no job with a GPU: refuses V100 × 1/2 (retired); P100 × 1 (retired)',
      });
  });

  test('is a warning that names them when some are refused', () => {
    expect(placementCheck(placement({ refuses: [refusing('V100', [2])] }), false)).toMatchObject({
      standing: 'warning',
      detail: 'takes jobs, but refuses V100 × 2 (retired)',
    });
  });

  test('says nothing of GPUs where it offers none', () => {
    expect(placementCheck(placement({ gpus: [] }), false)).toMatchObject({ detail: 'takes jobs' });
  });

  test('is a warning for each thing that costs without a job, with its price where there is one', () => {
    const standing = [
      { what: 'node a is idle', perHour: 0.526, todo: 'Let it go.' },
      { what: 'node b is idle', todo: 'Let it go.' },
    ];
    expect(standingChecks(placement({ standing }))).toEqual([
      {
        name: 'eastus standing cost (API)',
        standing: 'warning',
        detail: 'node a is idle, $0.53 an hour',
        todo: 'Let it go.',
      },
      expect.objectContaining({ detail: 'node b is idle, no price is configured' }),
    ]);
    expect(standingChecks(placement())).toEqual([]);
  });

  test('is a warning for GPUs in use beyond the places held, with what to do', () => {
    const unaccounted = { gpus: 2, since: '2026-01-01T00:10:00.000Z', todo: 'Look there.' };
    expect(unaccountedChecks(placement({ unaccounted }))).toEqual([
      {
        name: 'eastus GPUs in use (API)',
        standing: 'warning',
        detail:
          '2 in use beyond the places held, since 2026-01-01T00:10:00.000Z: something may run that no job knows of',
        todo: 'Look there.',
      },
    ]);
    expect(unaccountedChecks(placement())).toEqual([]);
  });
});
