import type { Placement } from '../../../domain/placement/placement';
import type { PlacementStore } from '../../../domain/ports/placement-store';
import { freeHolders } from '../../../jobs/placement/free-holders';
import { goneKick, onKick, PLAIN_KICK } from '../../../jobs/placement/kick';
import { changeAttempt, type TestApp, testApp, withAttempt } from '../../support/app/test-app';
import { holders, withWaiting } from '../../support/app/waiting-jobs';
import { testPlacement } from '../../support/placements';
import { testJobId } from '../../support/rows';

const NAME = `${testJobId(1)}-1`;

async function hold(app: TestApp, ...names: string[]): Promise<void> {
  const { row, etag } = await app.placementRows.read('eastus');
  const added = Object.fromEntries(names.map((name) => [name, { cores: 1, since: 0 }]));
  await app.placementRows.write({ ...row, holders: { ...row.holders, ...added } }, etag);
}

describe('freeing places', () => {
  test('frees a name whose attempt is gone, and no other', async () => {
    const app = testApp();
    await withAttempt(app, { cleanup: 'gone' });
    await withWaiting(app, 2);
    await hold(app, NAME, `${testJobId(2)}-1`, `${testJobId(3)}-1`, 'a-stranger');
    expect(await freeHolders(app.ports, 'eastus')).toBe(1);
    expect(await holders(app)).toEqual(['a-stranger', `${testJobId(2)}-1`, `${testJobId(3)}-1`]);
    expect(app.logged.join()).toContain('"a-stranger" that is no workload of ours');
  });

  test('looks only at the name it is given, if it is given one', async () => {
    const app = testApp();
    await withAttempt(app, { cleanup: 'gone' });
    await hold(app, NAME);
    expect(await freeHolders(app.ports, 'eastus', `${testJobId(2)}-1`)).toBe(0);
    expect(await freeHolders(app.ports, 'eastus', NAME)).toBe(1);
  });

  test('reads the placement before the attempt: a name put back meanwhile stays', async () => {
    const app = testApp();
    await withAttempt(app, { cleanup: 'gone' });
    await hold(app, NAME);
    const placementRows: PlacementStore = {
      read: async (placement) => {
        const read = await app.placementRows.read(placement);
        // A reopened cleanup puts its name back: after our reading of the placement, before that of the attempt.
        await changeAttempt(app, { cleanup: 'requested' });
        return read;
      },
      write: (row, etag) => app.placementRows.write(row, etag),
    };
    expect(await freeHolders({ ...app.ports, placementRows }, 'eastus')).toBe(0);
    expect(await holders(app)).toEqual([NAME]);
  });

  test('begins again when another process changed the placement meanwhile', async () => {
    const app = testApp();
    await withAttempt(app, { cleanup: 'gone' });
    await hold(app, NAME);
    let reads = 0;
    const placementRows: PlacementStore = {
      read: async (placement) => {
        const read = await app.placementRows.read(placement);
        reads += 1;
        if (reads === 1) await hold(app, `${testJobId(2)}-1`);
        return read;
      },
      write: (row, etag) => app.placementRows.write(row, etag),
    };
    expect(await freeHolders({ ...app.ports, placementRows }, 'eastus')).toBe(1);
    expect(reads).toBe(2);
    expect(await holders(app)).toEqual([`${testJobId(2)}-1`]);
  });

  test('frees nothing when a job can not be read: that is no fact', async () => {
    const app = testApp();
    await hold(app, NAME);
    app.jobs.read = () => Promise.reject(new Error('the store is away'));
    await expect(freeHolders(app.ports, 'eastus')).rejects.toThrow('away');
    expect(await holders(app)).toEqual([NAME]);
  });
});

describe('a kick', () => {
  const limits: Placement['limits'] = {
    workloads: 1,
    creates: [
      { per: 300, most: 100 },
      { per: 3600, most: 300 },
    ],
  };
  async function fullApp(): Promise<TestApp> {
    const app = testApp({ placements: [testPlacement({ limits })] });
    await withAttempt(app, { cleanup: 'gone' });
    await hold(app, NAME);
    await withWaiting(app, 2);
    app.pass(1);
    return app;
  }

  test.each([
    ['that names what is gone', JSON.parse(goneKick('eastus', NAME)) as unknown],
    ['that says nothing', JSON.parse(PLAIN_KICK) as unknown],
    ['that nobody understands', 'who is there?'],
  ])('%s frees its place and admits what waits', async (_what, message) => {
    const app = await fullApp();
    await onKick(app.ports, message);
    expect(await holders(app)).toEqual([`${testJobId(2)}-1`]);
    expect(app.starter.started).toEqual([`${testJobId(2)}-1-1`]);
  });
});
