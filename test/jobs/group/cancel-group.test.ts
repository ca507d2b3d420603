import type { JobSpec } from '../../../domain/spec/job-spec';
import { cancelGroup } from '../../../jobs/group/cancel-group';
import { makeMembers } from '../../../jobs/group/make-members';
import { submitArray } from '../../../jobs/group/submit-array';
import { cancelMany } from '../../../jobs/job/cancel-many';
import { dispatch } from '../../../jobs/placement/dispatch';
import { takeOverJobs } from '../../../jobs/sweep/take-over';
import { dieEverywhere } from '../../support/app/dying-ports';
import { type TestApp, testApp } from '../../support/app/test-app';

const SPEC: JobSpec = { image: 'example/train:1', array: { indexes: '0-4', atOnce: 2 } };
/** Its answers wait until all members are made. */
const patientApp = (over: Parameters<typeof testApp>[0] = {}): TestApp =>
  testApp({ pause: () => new Promise(() => undefined), ...over });
const SUBMISSION = { spec: SPEC, key: 'key', source: 'http' } as const;

async function submitted(app: TestApp): Promise<string> {
  const answer = await submitArray(app.ports, SUBMISSION);
  if (answer.kind !== 'accepted') throw new Error(JSON.stringify(answer));
  return answer.groupId;
}

/** How many members wait, are over as Canceled, have a cancel of their own, or go on without one. */
async function standing(app: TestApp): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const id of app.jobs.jobIds()) {
    const records = await app.jobs.read(id);
    const row = records?.job.row;
    const what =
      row?.state === 'over'
        ? (row.outcome ?? '?')
        : `${row?.state ?? '?'}${records?.cancel ? ' canceled' : ''}`;
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return counts;
}

describe('the cancel of a group', () => {
  test('ends members that wait, and asks those that run to end', async () => {
    const app = patientApp();
    const groupId = await submitted(app);
    await dispatch(app.ports);
    expect(await standing(app)).toEqual({ active: 2, waiting: 3 });
    expect(await cancelGroup(app.ports, groupId)).toHaveLength(5);
    expect(await standing(app)).toEqual({ 'active canceled': 2, Canceled: 3 });
    await cancelGroup(app.ports, groupId);
    expect(await standing(app)).toEqual({ 'active canceled': 2, Canceled: 3 });
  });

  test('of a group that is not there is told', async () => {
    expect(await cancelGroup(patientApp().ports, 'g0000000000000000009')).toBeUndefined();
  });

  test('a canceler that dies at any call has canceled nothing, or the tick cancels the rest', async () => {
    const deaths = await dieEverywhere(
      async () => {
        const app = patientApp();
        await submitted(app);
        await dispatch(app.ports);
        return app;
      },
      async (ports) => cancelGroup(ports, (await groupIdIn(ports)) ?? ''),
      async (app) => {
        const groupId = (await groupIdIn(app.ports)) ?? '';
        const isStored = (await app.ports.groups.read(groupId))?.cancel !== undefined;
        await takeOverJobs(app.ports);
        await dispatch(app.ports); // Both are parts of the tick.
        if (isStored) expect(await standing(app)).toEqual({ 'active canceled': 2, Canceled: 3 });
        else expect(await standing(app)).toEqual({ active: 2, waiting: 3 });
      },
    );
    expect(deaths).toBeGreaterThan(30);
  });

  test('no member starts once the cancel is stored, whoever has not come to it yet', async () => {
    const app = patientApp();
    const groupId = await submitted(app);
    await app.ports.groups.insertCancel({ groupId, at: app.now() });
    await dispatch(app.ports);
    expect(await standing(app)).toEqual({ Canceled: 5 });
  });

  test('members that are made after it are canceled when they are', async () => {
    const app = patientApp();
    const insert = app.jobs.insert.bind(app.jobs);
    let inserts = 0;
    app.jobs.insert = async (row) => {
      inserts += 1;
      if (inserts === 3) await cancelGroup(app.ports, row.group?.id ?? '');
      return insert(row);
    };
    await submitted(app);
    expect(await standing(app)).toEqual({ Canceled: 5 });
  });

  test('a group whose making was cut off and that was canceled then is made to its end, canceled', async () => {
    const app = patientApp();
    const groupId = await submitted(app);
    const records = await app.ports.groups.read(groupId);
    if (records === undefined) throw new Error('No group.');
    await app.ports.groups.write({ ...records.group.row, state: 'making' }, records.group.etag);
    await app.ports.groups.insertCancel({ groupId, at: app.now() });
    await makeMembers(app.ports, groupId);
    expect(await standing(app)).toEqual({ Canceled: 5 });
  });

  test('the cancel of all jobs reaches a group that is still being made', async () => {
    const app = patientApp();
    const insert = app.jobs.insert.bind(app.jobs);
    let inserts = 0;
    app.jobs.insert = async (row) => {
      inserts += 1;
      if (inserts === 3) await cancelMany(app.ports, {});
      return insert(row);
    };
    await submitted(app);
    expect(await standing(app)).toEqual({ Canceled: 5 });
  });
});

async function groupIdIn(ports: TestApp['ports']): Promise<string | undefined> {
  for (const { jobId } of await ports.hints.listWaiting()) {
    const group = (await ports.jobs.read(jobId))?.job.row.group;
    if (group !== undefined) return group.id;
  }
  return undefined;
}
