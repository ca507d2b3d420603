import type { Count } from '../../../domain/backend/offer';
import { afterUsage, gpuUsage, lasts } from '../../../domain/placement/unaccounted';

const OURS = { lagS: 600, todo: 'Look there.' };
const T4: Count = { quota: 'T4Gpus', amount: 1, of: 'gpus', ours: OURS };
const A100: Count = { ...T4, quota: 'A100Gpus' };
const REGION: Count = { quota: 'RegionGpus', amount: 1, of: 'gpus' };
const USAGES = [
  { name: 't4gpus', used: 2, limit: 5 },
  { name: 'A100Gpus', used: 1, limit: 2 },
  { name: 'RegionGpus', used: 40, limit: 50 },
];

describe('GPUs in use beside places held', () => {
  test('are those of all kinds that are ours alone, not those that others use too', () => {
    const holders = [
      { cores: 1, gpus: 1, since: 0 },
      { cores: 4, since: 0 },
      { cores: 1, gpus: 1, since: 0 },
    ];
    expect(gpuUsage([T4, A100, REGION, T4], USAGES, holders)).toEqual({ used: 3, held: 2, ours: OURS });
  });

  test('are not known where no quota is ours alone, or none of them was read', () => {
    expect(gpuUsage([REGION], USAGES, [])).toBeUndefined();
    expect(gpuUsage([T4], [{ name: 'Cores', used: 9, limit: 9 }], [])).toBeUndefined();
  });

  test('that no place accounts for are noted with the first reading, at the fewest that any reading shows', () => {
    const first = afterUsage(undefined, { used: 5, held: 2 }, 1_000);
    expect(first).toEqual({ gpus: 3, since: 1_000 });
    const second = afterUsage(first, { used: 3, held: 2 }, 61_000);
    expect(second).toEqual({ gpus: 1, since: 1_000 });
    expect(afterUsage(second, { used: 6, held: 2 }, 121_000)).toEqual(second);
  });

  test('are all accounted for once one reading says so', () => {
    expect(afterUsage({ gpus: 1, since: 0 }, { used: 2, held: 2 }, 61_000)).toBeUndefined();
    expect(afterUsage({ gpus: 1, since: 0 }, { used: 0, held: 2 }, 61_000)).toBeUndefined();
  });

  test('mean something once they have lasted longer than the platform counts what has ended', () => {
    expect(lasts({ gpus: 1, since: 1_000 }, OURS, 600_999)).toBe(false);
    expect(lasts({ gpus: 1, since: 1_000 }, OURS, 601_000)).toBe(true);
  });
});
