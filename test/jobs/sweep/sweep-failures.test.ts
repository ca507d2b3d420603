import { sweep } from '../../../jobs/sweep/sweep';
import { deletes, listed, listedWorkload, show } from '../../support/app/listed-workloads';
import { rowsOf, testApp, withAttempt } from '../../support/app/test-app';
import { testPlacement } from '../../support/placements';
import { testJobId } from '../../support/rows';

const NAME = `${testJobId(1)}-1`;
const HOUR_S = 3_600;
const SUCCEEDED = { kind: 'succeeded', exitCode: 0 } as const;

describe('many unknown workloads', () => {
  const unknown = (count: number) => Array.from({ length: count }, (_, n) => listedWorkload(100 + n));

  test('more than ten and more than a fifth are left alone, with an alarm; the others are not', async () => {
    const app = await listed({ cleanup: 'due', verdict: SUCCEEDED }, { afterS: 16 * 60 });
    app.backend.listed = [listedWorkload(1), ...unknown(11)];
    expect(await sweep(app.ports)).toMatchObject({ alarmed: 11, deletesSent: 1 });
    expect(deletes(app)).toEqual([`remove ${NAME}`]);
    expect(app.logged.join()).toContain('ALARM: 11 of 12 listed workloads');
  });

  test('ten are deleted', async () => {
    const app = show(testApp(), 16 * 60);
    app.backend.listed = unknown(10);
    expect(await sweep(app.ports)).toMatchObject({ alarmed: 0, deletesSent: 10 });
  });

  test('are no good sweep', async () => {
    const app = show(testApp(), 16 * 60);
    app.backend.listed = unknown(11);
    await sweep(app.ports);
    expect(await app.ports.control.read()).not.toHaveProperty('lastGoodSweep');
  });
});

describe('a workload without a row, where a list fails', () => {
  test.each([
    ['is left, for there may be many more', HOUR_S - 1, 0],
    ['is deleted once its tags have expired', HOUR_S, 1],
  ])('%s', async (_what, afterS, deletesSent) => {
    const app = show(
      testApp({
        placements: [testPlacement(), testPlacement({ name: 'westus2', resourceGroup: 'other' })],
      }),
      afterS,
    );
    app.backend.listed = [listedWorkload(1)];
    let lists = 0;
    app.backend.meanwhile = (asked) => {
      if (asked.startsWith('list') && (lists += 1) === 1) throw new Error('no list');
    };
    const left = { workload: NAME, verdict: 'delete-unknown' };
    expect(await sweep(app.ports)).toMatchObject({
      failedLists: 1,
      deletesSent,
      findings: deletesSent === 0 ? [] : [left],
    });
    expect(app.logged.some((line) => line.includes(`${NAME} has no row`))).toBe(deletesSent === 0);
  });
});

describe('a sweep that meets failures', () => {
  test('leaves out only the deletes of a list that it can not have', async () => {
    const app = testApp({
      placements: [testPlacement(), testPlacement({ name: 'westus2', resourceGroup: 'other' })],
    });
    await withAttempt(app, { cleanup: 'due', verdict: SUCCEEDED });
    show(app, 130);
    let lists = 0;
    app.backend.meanwhile = (asked) => {
      if (asked.startsWith('list') && (lists += 1) === 1) throw new Error('no list');
    };
    expect(await sweep(app.ports)).toMatchObject({ failedLists: 1, deletesSent: 1 });
    expect(app.logged.join()).toContain('no list');
  });

  test('goes on with the others when one can not be deleted', async () => {
    const app = show(testApp(), 16 * 60);
    app.backend.listed = [listedWorkload(1), listedWorkload(2)];
    app.backend.meanwhile = (asked) => {
      if (asked === `remove ${NAME}`) throw new Error('too many requests');
    };
    expect(await sweep(app.ports)).toMatchObject({ deletesSent: 1 });
    expect(app.logged.join()).toContain('too many requests');
  });

  test('is noted as good only when it saw every list and every row', async () => {
    const app = await listed();
    await sweep(app.ports);
    const first = app.now();
    expect(await app.ports.control.read()).toMatchObject({ lastGoodSweep: first });
    app.pass(60);
    app.jobs.read = () => Promise.reject(new Error('unreadable'));
    await sweep(app.ports);
    expect(await app.ports.control.read()).toMatchObject({ lastGoodSweep: first });
  });

  test('deletes by the placement that the list came from when the row names one that is no longer configured', async () => {
    const app = await listed({ placement: 'removed', cleanup: 'due', verdict: SUCCEEDED }, { afterS: 130 });
    const asked: string[] = [];
    const backendOf = (placement: string): typeof app.backend => {
      asked.push(placement);
      return app.backend;
    };
    await sweep({ ...app.ports, backendOf });
    expect(new Set(asked)).toEqual(new Set(['eastus']));
    expect(deletes(app)).toEqual([`remove ${NAME}`]);
  });
});

describe('a dry run', () => {
  test('tells what it would do and changes nothing', async () => {
    const app = await listed({}, { afterS: HOUR_S });
    const before = await rowsOf(app);
    expect(await sweep(app.ports, { dryRun: true })).toMatchObject({
      listed: 1,
      findings: [{ workload: NAME, verdict: 'expire' }],
      deletesSent: 0,
      expired: 0,
    });
    expect(await rowsOf(app)).toEqual(before);
    expect(deletes(app)).toEqual([]);
    expect(await app.ports.control.read()).not.toHaveProperty('lastGoodSweep');
  });
});
