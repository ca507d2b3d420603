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
  const { backendOf, factsOf, placements, pace, log, pause } = app.ports; // It has no store at all.
  return sweepExpired({ backendOf, factsOf, placements, pace, log, pause }, OWNER, options);
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
    const { pace, log, pause } = app.ports;
    const report = await sweepExpired(
      { backendOf, factsOf: testFacts(placements), placements, pace, log, pause },
      OWNER,
    );
    expect(report).toMatchObject({ listed: 2, failedLists: 1 });
  });

  test('goes on with what it could only stop until it is deleted, and leaves the others alone', async () => {
    const app = watched(NEW_YEAR + 2 * HOUR_MS);
    const removed = stopsFirst(app, `${testJobId(1)}-1`, 3);
    expect(await run(app)).toMatchObject({ deletesSent: 2, failedDeletes: 0 });
    expect(removed.filter((name) => name === `${testJobId(1)}-1`)).toHaveLength(4);
    expect(removed.filter((name) => name === `${testJobId(2)}-1`)).toHaveLength(1);
    expect(app.now() - NEW_YEAR).toBe(30_000);
  });

  test('gives up what it can only stop, and says that its delete was not sent', async () => {
    const app = watched(NEW_YEAR + HOUR_MS);
    stopsFirst(app, `${testJobId(1)}-1`, Number.POSITIVE_INFINITY);
    expect(await run(app)).toMatchObject({ deletesSent: 0, failedDeletes: 1 });
    expect(app.now() - NEW_YEAR).toBe(140_000);
  });
});

/** Removals of this workload are a stop so many times before they are a delete. Returns the names, as asked. */
function stopsFirst(app: TestApp, workload: string, times: number): string[] {
  const removed: string[] = [];
  app.backend.remove = ({ name }) => {
    removed.push(name);
    const isStopped = name === workload && removed.filter((one) => one === name).length <= times;
    return Promise.resolve({ sent: isStopped ? 'stop' : 'delete', observation: present() });
  };
  return removed;
}
