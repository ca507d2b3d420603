import type { Ours } from '../../../domain/backend/offer';
import type { QuotaReadings, QuotaUsage } from '../../../domain/placement/quota';
import type { PlacementRow } from '../../../domain/ports/placement-store';
import { ORDINARY } from '../../../domain/spec/resources';
import { watchUsage } from '../../../jobs/sweep/watch-usage';
import { type TestApp, testApp } from '../../support/app/test-app';
import { generousFacts } from '../../support/generous-facts';
import { testPlacement } from '../../support/placements';

const OURS: Ours = { lagS: 300, todo: 'Look there.' };
const PLACEMENTS = [
  testPlacement({ name: 'one', gpus: [{ sku: 'T4', counts: [1] }] }),
  testPlacement({ name: 'two', gpus: [{ sku: 'A100', counts: [1] }] }),
];

interface Watched extends TestApp {
  /** What the platform counts from now on. */
  count(used: { readonly T4?: number; readonly A100?: number }): void;
  /** The places held at a placement from now on. */
  hold(placement: string, ...names: string[]): Promise<void>;
  /** Watches once a minute. */
  watch(minutes: number): Promise<void>;
  alarms(): string[];
  record(): Promise<PlacementRow['unaccounted']>;
}

/** Two placements with one set of quotas, by which GPUs are counted. */
function watched(by: Ours | 'shared' = OURS, failure?: string): Watched {
  const ours = by === 'shared' ? {} : { ours: by };
  let usages: QuotaUsage[] = [];
  const current: QuotaReadings['current'] = () =>
    Promise.resolve({ reading: { usages, readAt: 0 }, ...(failure === undefined ? {} : { failure }) });
  const app = testApp({
    placements: PLACEMENTS,
    factsOf: () =>
      generousFacts({
        offer: (_wish, gpu) => ({
          kind: 'gives',
          gpu,
          resources: ORDINARY,
          counts: [{ quota: gpu?.sku ?? 'Cores', amount: 1, of: 'gpus', ...ours }],
        }),
      }),
    quotas: { of: () => undefined, current, readAgain: () => undefined, refresh: () => Promise.resolve([]) },
  });
  return {
    ...app,
    count: (used) => {
      usages = Object.entries(used).map(([name, count]) => ({ name, used: count, limit: 9 }));
    },
    hold: async (placement, ...names) => {
      const { row, etag } = await app.placementRows.read(placement);
      const holders = Object.fromEntries(names.map((name) => [name, { cores: 1, gpus: 1, since: 0 }]));
      expect(await app.placementRows.write({ ...row, holders }, etag)).toBe('done');
    },
    watch: async (minutes) => {
      for (let minute = 0; minute < minutes; minute += 1) {
        await watchUsage(app.ports);
        app.pass(60);
      }
    },
    alarms: () => app.logged.filter((line) => line.includes('ALARM')),
    record: async () => (await app.placementRows.read('one')).row.unaccounted,
  };
}

describe('GPUs in use beyond the places held at all placements with the same quotas', () => {
  test('raise an alarm once they have lasted longer than the platform counts what has ended', async () => {
    const app = watched();
    await app.hold('one', 'a-1');
    await app.hold('two', 'b-1');
    app.count({ T4: 2, A100: 1 });
    await app.watch(5);
    expect(app.alarms()).toEqual([]);
    await app.watch(2);
    expect(app.alarms()).toHaveLength(2);
    expect(app.alarms()[0]).toBe(
      'error ALARM: at one, two 1 GPU is in use beyond the places that our attempts hold, for 5 min now: 3 in use, 2 held. Something may run that no attempt knows of; nothing is deleted for it. Look there.',
    );
  });

  test('raise none where one reading in between accounts for all of them', async () => {
    const app = watched();
    app.count({ T4: 1 });
    await app.watch(5);
    app.count({ T4: 0 });
    await app.watch(1);
    app.count({ T4: 1 });
    await app.watch(5);
    expect(app.alarms()).toEqual([]);
    expect(await app.record()).toMatchObject({ gpus: 1 });
  });

  test('delete nothing and change no holder', async () => {
    const app = watched();
    await app.hold('one', 'a-1');
    app.count({ T4: 4 });
    await app.watch(10);
    expect(app.backend.asked).toEqual([]);
    expect(Object.keys((await app.placementRows.read('one')).row.holders)).toEqual(['a-1']);
  });

  test('end with the reading that shows no more than is held', async () => {
    const app = watched();
    app.count({ T4: 1 });
    await app.watch(7);
    await app.hold('two', 'b-1');
    app.logged.length = 0;
    await app.watch(3);
    expect(app.alarms()).toEqual([]);
    expect(await app.record()).toBeUndefined();
  });
});

describe('no alarm is raised', () => {
  test('where others may use the same GPUs', async () => {
    const app = watched('shared');
    app.count({ T4: 5 });
    await app.watch(20);
    expect(app.alarms()).toEqual([]);
  });

  test('by a reading that is not the latest, since newer ones failed', async () => {
    const app = watched(OURS, 'no answer');
    app.count({ T4: 5 });
    await app.watch(20);
    expect(app.alarms()).toEqual([]);
  });

  test('in a minute in which the rows can’t be read', async () => {
    const app = watched();
    app.count({ T4: 5 });
    app.placementRows.read = () => Promise.reject(new Error('no storage'));
    await app.watch(1);
    expect(app.logged.join()).toContain('no storage');
  });
});
