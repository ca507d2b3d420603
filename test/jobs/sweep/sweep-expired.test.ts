import { type ExpiredReport, sweepExpired } from '../../../jobs/sweep/sweep-expired';
import { deletes, listedWorkload } from '../../support/app/listed-workloads';
import { type TestApp, testApp } from '../../support/app/test-app';
import { present, UNREADABLE } from '../../support/attempts';
import { testFacts, testPlacement } from '../../support/placements';
import { NEW_YEAR, testJobId } from '../../support/rows';

const OWNER = 'owner0000000';
const HOUR_MS = 3_600_000;

/**
 * Two workloads at an instant of the server. The first expires an hour after NEW_YEAR, the second two hours after it.
 */
function watched(serverTime: number): TestApp {
  const app = testApp();
  app.backend.listed = [listedWorkload(1), listedWorkload(2, { expiresAt: NEW_YEAR + 2 * HOUR_MS })];
  app.backend.looks = [present()];
  app.backend.serverTime = serverTime;
  return app;
}

function run(app: TestApp, options = {}): Promise<ExpiredReport> {
  const { backendOf, factsOf, placements, pace, log } = app.ports; // It has no store at all.
  return sweepExpired({ backendOf, factsOf, placements, pace, log }, OWNER, options);
}

describe('the sweep without a store', () => {
  test('removes what its tags call expired by the server’s time, and nothing else', async () => {
    const app = watched(NEW_YEAR + HOUR_MS);
    expect(await run(app)).toEqual({
      listed: 2,
      failedLists: 0,
      expired: [`${testJobId(1)}-1`],
      deletesSent: 1,
      failedDeletes: 0,
    });
    expect(app.backend.asked).toEqual([`list ${OWNER}`, `remove ${testJobId(1)}-1`]);
  });

  test('leaves everything alone a moment before, whatever the clock of its host', async () => {
    const app = watched(NEW_YEAR + HOUR_MS - 1);
    app.pass(24 * 3_600);
    expect(await run(app)).toMatchObject({ expired: [], deletesSent: 0 });
  });

  test('tells what it would remove in a dry run, and removes nothing', async () => {
    const app = watched(NEW_YEAR + HOUR_MS);
    expect(await run(app, { dryRun: true })).toMatchObject({
      expired: [`${testJobId(1)}-1`],
      deletesSent: 0,
    });
    expect(deletes(app)).toEqual([]);
  });

  test('goes on with the others when one can not be removed, and counts it', async () => {
    const app = watched(NEW_YEAR + 2 * HOUR_MS);
    app.backend.meanwhile = (asked) => {
      if (asked === `remove ${testJobId(1)}-1`) throw new Error('too many requests');
    };
    expect(await run(app)).toMatchObject({ deletesSent: 1, failedDeletes: 1 });
    expect(app.logged.join()).toContain('too many requests');
  });

  test('counts no delete where the tags could not be read again', async () => {
    const app = watched(NEW_YEAR + HOUR_MS);
    app.backend.looks = [UNREADABLE];
    expect(await run(app)).toMatchObject({
      expired: [`${testJobId(1)}-1`],
      deletesSent: 0,
      failedDeletes: 0,
    });
  });

  test('goes on in the other resource groups when one can not be listed, and counts it', async () => {
    const app = watched(NEW_YEAR + HOUR_MS);
    const placements = [testPlacement({ resourceGroup: 'away' }), testPlacement({ name: 'westus2' })];
    const backendOf = (name: string): typeof app.backend => {
      if (name === 'eastus') throw new Error('no such group');
      return app.backend;
    };
    const { pace, log } = app.ports;
    const report = await sweepExpired(
      { backendOf, factsOf: testFacts(placements), placements, pace, log },
      OWNER,
    );
    expect(report).toMatchObject({ listed: 2, failedLists: 1 });
  });
});
