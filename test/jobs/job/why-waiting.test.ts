import { keyRowName } from '../../../domain/job/concurrency-key';
import { waitingHint } from '../../../domain/job/waiting-hint';
import { whyWaiting } from '../../../jobs/job/why-waiting';
import { rowsOf, type TestApp, testApp } from '../../support/app/test-app';
import { withWaiting } from '../../support/app/waiting-jobs';
import { testPlacement } from '../../support/placements';
import { NEW_YEAR, testJobId } from '../../support/rows';

const MINUTE = 60_000;
const LIMITS = {
  workloads: 1,
  creates: [
    { per: 300, most: 100 },
    { per: 3600, most: 300 },
  ],
};

async function why(app: TestApp, n = 1): Promise<unknown> {
  return whyWaiting(app.ports, await rowsOf(app, testJobId(n)));
}

async function fill(app: TestApp, placement: string): Promise<void> {
  const holders = { [`${testJobId(9)}-1`]: { cores: 1, since: NEW_YEAR } };
  await app.placementRows.write({ placement, holders, recentCreations: [] }, '');
}

async function shut(app: TestApp, placement: string, refusals = 3): Promise<void> {
  const entry = { since: NEW_YEAR, why: 'capacity', refusals, until: NEW_YEAR + 4 * MINUTE } as const;
  await app.placementRows.write({ placement, holders: {}, recentCreations: [], shut: { V100: entry } }, '');
}

describe('why a job waits', () => {
  test('is not shown of a job that does not wait', async () => {
    const app = testApp();
    await withWaiting(app, 1, {}, { state: 'active', attempt: 1 });
    expect(await why(app)).toBeUndefined();
  });

  test('is its turn, when nothing else is in its way', async () => {
    const app = testApp();
    for (const n of [1, 2, 3]) await withWaiting(app, n);
    app.pass(1);
    expect(await why(app)).toMatchObject({ reason: 'turn', position: 0 });
    expect(await why(app, 3)).toMatchObject({ reason: 'turn', position: 2 });
  });

  test('is the place that it can have nowhere, each placement named', async () => {
    const placements = [
      testPlacement({ limits: LIMITS }),
      testPlacement({ name: 'westus2', limits: LIMITS }),
    ];
    const app = testApp({ placements });
    await withWaiting(app, 1, { placements: ['eastus', 'westus2'] });
    await fill(app, 'eastus');
    app.pass(1);
    expect(await why(app)).toMatchObject({ reason: 'turn' }); // The other one is free.
    await fill(app, 'westus2');
    expect(await why(app)).toEqual({
      reason: 'place',
      message: 'eastus has no free place (1 of 1 are held); westus2 has no free place (1 of 1 are held).',
      position: 0,
    });
  });

  test('is capacity: of what, where, since when, and when one tries again', async () => {
    const app = testApp();
    await withWaiting(app, 1);
    await shut(app, 'eastus');
    app.pass(1);
    expect(await why(app)).toEqual({
      reason: 'capacity',
      message:
        'eastus had no V100 since 2026-01-01T00:00:00.000Z (refused 3 times), one job tries again then.',
      position: 0,
      until: '2026-01-01T00:04:00.000Z',
    });
  });

  test('says once where it was refused once', async () => {
    const app = testApp();
    await withWaiting(app, 1);
    await shut(app, 'eastus', 1);
    app.pass(1);
    expect(await why(app)).toMatchObject({ message: expect.stringContaining('(refused once)') as unknown });
  });

  test('is a quota that others use', async () => {
    const reading = {
      usages: [{ name: 'StandardV100Cores', used: 4, limit: 4 }],
      readAt: NEW_YEAR,
    };
    const quotas = {
      of: () => reading,
      current: () => Promise.resolve({ reading }),
      readAgain: () => undefined,
      refresh: () => Promise.resolve([]),
    };
    const app = testApp({ quotas });
    await withWaiting(app, 1);
    app.pass(1);
    expect(await why(app)).toMatchObject({
      reason: 'quota',
      message: 'eastus has no room in the quota StandardV100Cores.',
    });
  });

  test('is its key, and who holds it', async () => {
    const app = testApp();
    await withWaiting(app, 1, { concurrencyKey: 'model-a' });
    await fill(app, keyRowName('model-a'));
    app.pass(1);
    expect(await why(app)).toMatchObject({
      reason: 'key',
      message: `Its concurrency key "model-a" is held by ${testJobId(9)}-1.`,
    });
  });

  test('is the delay before its next attempt, and until when', async () => {
    const app = testApp();
    await withWaiting(app, 1, {}, { notBefore: NEW_YEAR + MINUTE, attempt: 1 });
    expect(await why(app)).toMatchObject({ reason: 'notBefore', until: '2026-01-01T00:01:00.000Z' });
  });

  test('is the drain before all else', async () => {
    const app = testApp();
    await app.ports.control.setDraining(true);
    await withWaiting(app, 1, {}, { notBefore: NEW_YEAR + MINUTE, attempt: 1 });
    expect(await why(app)).toMatchObject({ reason: 'drain' });
  });

  test('counts those before it that may go to the same placements, and no others', async () => {
    const app = testApp({ placements: [testPlacement(), testPlacement({ name: 'westus2' })] });
    for (const [n, placement] of [
      [1, 'eastus'],
      [2, 'westus2'],
      [3, 'eastus'],
    ] as const) {
      await withWaiting(app, n, { placements: [placement] });
      await app.hints.addWaiting(waitingHint((await rowsOf(app, testJobId(n))).job.row, NEW_YEAR));
    }
    app.pass(1);
    expect(await why(app, 3)).toMatchObject({ position: 1 });
  });
});
