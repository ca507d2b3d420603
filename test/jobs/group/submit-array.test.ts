import { groupIdFor } from '../../../domain/group/group';
import { jobIdFor } from '../../../domain/job/names';
import type { JobSpec } from '../../../domain/spec/job-spec';
import { makeMembers } from '../../../jobs/group/make-members';
import { submitArray } from '../../../jobs/group/submit-array';
import { submit } from '../../../jobs/job/submit';
import { takeOverJobs } from '../../../jobs/sweep/take-over';
import { dieEverywhere } from '../../support/app/dying-ports';
import { type TestApp, testApp } from '../../support/app/test-app';

const SPEC: JobSpec = { image: 'example/train:1', name: 'train {{index}}', array: { indexes: '0-4' } };
/** Its answers wait until all members are made. */
const patientApp = (over: Parameters<typeof testApp>[0] = {}): TestApp =>
  testApp({ pause: () => new Promise(() => undefined), ...over });
const SUBMISSION = { spec: SPEC, key: 'key', source: 'http' } as const;

async function membersIn(app: TestApp): Promise<string[]> {
  const rows = await Promise.all(app.jobs.jobIds().map((id) => app.jobs.read(id)));
  return rows
    .map((records) => records?.job.row)
    .filter((row) => row?.group !== undefined)
    .map((row) => `${row?.group?.index ?? '?'} ${row?.name ?? ''}`)
    .toSorted();
}

const FIVE = ['0 train 0', '1 train 1', '2 train 2', '3 train 3', '4 train 4'];

describe('an array', () => {
  test('makes one group with a job for each member, and the same again for the same key', async () => {
    const app = patientApp();
    const first = await submitArray(app.ports, SUBMISSION);
    expect(first).toMatchObject({ kind: 'accepted', members: 5 });
    expect(await membersIn(app)).toEqual(FIVE);
    expect(await submitArray(app.ports, SUBMISSION)).toEqual(first);
    expect(await membersIn(app)).toEqual(FIVE);
    expect(await app.hints.listUnfinished()).toEqual(app.jobs.jobIds());
  });

  test('sent twenty times at once it makes one group of five', async () => {
    const app = patientApp();
    const answers = await Promise.all(Array.from({ length: 20 }, () => submitArray(app.ports, SUBMISSION)));
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(await membersIn(app)).toEqual(FIVE);
  });

  test('a process that dies at any call leaves nothing, or what the tick completes; a repeat makes no more', async () => {
    const deaths = await dieEverywhere(
      () => patientApp(),
      (ports) => submitArray(ports, SUBMISSION),
      async (app) => {
        const owner = (await app.ports.owner.get()).id;
        const isThere = (await app.ports.groups.read(groupIdFor(owner, 'key'))) !== undefined;
        await takeOverJobs(app.ports);
        expect(await membersIn(app)).toEqual(isThere ? FIVE : []);
        await submitArray(app.ports, SUBMISSION);
        expect(await membersIn(app)).toEqual(FIVE);
        expect((await app.ports.groups.read(groupIdFor(owner, 'key')))?.group.row.state).toBe('made');
        expect((await app.hints.listUnfinished()).filter((id) => id.startsWith('g'))).toEqual([]);
      },
    );
    expect(deaths).toBeGreaterThan(40);
  });

  test('is answered once its first member is stored where storage is slow; the rest goes on behind the answer', async () => {
    let passed: () => void = () => undefined;
    const app = testApp({ pause: () => new Promise((resolve) => (passed = () => resolve())) });
    const insert = app.jobs.insert.bind(app.jobs);
    let letOn: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (letOn = resolve));
    let inserts = 0;
    app.jobs.insert = async (row) => {
      inserts += 1;
      if (inserts > 1) await slow;
      return insert(row);
    };
    const answer = submitArray(app.ports, SUBMISSION);
    while (inserts < 5) await new Promise((resolve) => setImmediate(resolve));
    passed();
    expect(await answer).toMatchObject({ kind: 'accepted', members: 5 });
    expect(await membersIn(app)).toEqual(['0 train 0']);
    letOn();
    while ((await membersIn(app)).length < 5) await new Promise((resolve) => setImmediate(resolve));
    expect(await membersIn(app)).toEqual(FIVE);
  });

  test('its members wait in the order of their indexes, and none in the future', async () => {
    const app = patientApp();
    await submitArray(app.ports, { ...SUBMISSION, spec: { ...SPEC, array: { indexes: '0-19' } } });
    const rows = await Promise.all(
      (await app.hints.listWaiting()).map(async ({ jobId }) => (await app.jobs.read(jobId))?.job.row),
    );
    expect(rows.map((row) => row?.group?.index)).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(Math.max(...rows.map((row) => row?.notBefore ?? Infinity))).toBe(app.now());
  });

  test('its members are listed by their indexes, a page at a time', async () => {
    const app = patientApp();
    const submitted = await submitArray(app.ports, {
      ...SUBMISSION,
      spec: { ...SPEC, array: { indexes: '0-11' } },
    });
    if (submitted.kind !== 'accepted') throw new Error('Not accepted.');
    await takeOverJobs(app.ports); // Tells the lists.
    const listing = { kind: 'group', id: submitted.groupId } as const;
    const first = await app.ports.lists.page({ listing }, 5);
    const rest = await app.ports.lists.page({ listing }, 100, first.continuation);
    const indexes = [...first.jobs, ...rest.jobs].map(({ group }) => group?.index);
    expect(first.jobs).toHaveLength(5);
    expect(indexes).toEqual(Array.from({ length: 12 }, (_, index) => index));
  });
});

describe('the key of an array', () => {
  test('makes no other array', async () => {
    const app = patientApp();
    const made = await submitArray(app.ports, SUBMISSION);
    const other = await submitArray(app.ports, {
      ...SUBMISSION,
      spec: { ...SPEC, image: 'example/other:1' },
    });
    expect(other).toEqual({ kind: 'conflict', id: made.kind === 'accepted' ? made.groupId : '' });
    expect(await membersIn(app)).toEqual(FIVE);
  });

  test('makes no single job, nor an array after a single job', async () => {
    const app = patientApp();
    await submitArray(app.ports, SUBMISSION);
    const single = { spec: { image: 'example/train:1' }, key: 'key', source: 'http' } as const;
    expect((await submit(app.ports, single)).kind).toBe('conflict');

    const other = patientApp();
    const made = await submit(other.ports, single);
    expect(await submitArray(other.ports, SUBMISSION)).toEqual({
      kind: 'conflict',
      id: made.kind === 'accepted' ? made.jobId : '',
    });
    expect(await membersIn(other)).toEqual([]);
  });

  test('makes a single job or an array, never both, when both are sent at once', async () => {
    const app = patientApp();
    const owner = (await app.ports.owner.get()).id;
    const insert = app.ports.groups.insert.bind(app.ports.groups);
    // The single job comes between the look for it and the group's row.
    app.ports.groups.insert = async (row) => {
      await submit(app.ports, { spec: { image: 'example/train:1' }, key: 'key', source: 'http' });
      return insert(row);
    };
    expect(await submitArray(app.ports, SUBMISSION)).toEqual({
      kind: 'conflict',
      id: jobIdFor(owner, 'key'),
    });
    expect(await membersIn(app)).toEqual([]);
    expect(await submitArray(app.ports, SUBMISSION)).toMatchObject({ kind: 'conflict' });
    expect((await app.hints.listUnfinished()).filter((id) => id.startsWith('g'))).toEqual([]);
  });
});

describe('literal secrets of an array', () => {
  const secret: JobSpec = { ...SPEC, env: { TOKEN: { secure: 'hunter2' } } };

  test('are held for each member, and for the group only while members are made', async () => {
    const app = patientApp();
    const submitted = await submitArray(app.ports, { ...SUBMISSION, spec: secret });
    expect(submitted.kind).toBe('accepted');
    expect(app.heldSecrets.jobIds().toSorted()).toEqual(app.jobs.jobIds());
    const rows = await Promise.all(app.jobs.jobIds().map((id) => app.jobs.read(id)));
    expect(JSON.stringify(rows)).not.toContain('hunter2');
    for (const records of rows) {
      const row = records?.job.row;
      const spec = await app.ports.specs.get(row?.specHash ?? '');
      expect(JSON.stringify(spec)).not.toContain('hunter2');
      expect(await app.heldSecrets.get(row?.jobId ?? '', row?.specHash ?? '')).toEqual({ TOKEN: 'hunter2' });
    }
  });

  test('reach the members that another process makes', async () => {
    const deaths = await dieEverywhere(
      () => patientApp(),
      (ports) => submitArray(ports, { ...SUBMISSION, spec: secret }),
      async (app) => {
        await takeOverJobs(app.ports);
        for (const id of app.jobs.jobIds()) {
          const hash = (await app.jobs.read(id))?.job.row.specHash ?? '';
          expect(await app.heldSecrets.get(id, hash)).toEqual({ TOKEN: 'hunter2' });
        }
      },
    );
    expect(deaths).toBeGreaterThan(40);
  });

  test('that another process has let go of make no member anew', async () => {
    const app = patientApp();
    const submitted = await submitArray(app.ports, { ...SUBMISSION, spec: secret });
    const groupId = submitted.kind === 'accepted' ? submitted.groupId : '';
    const records = await app.ports.groups.read(groupId);
    if (records === undefined) throw new Error('No group.');
    await app.ports.groups.write({ ...records.group.row, state: 'making' }, records.group.etag);
    expect(await makeMembers(app.ports, groupId)).toBe('made');
    expect(app.logged).toEqual([]);
  });
});

test('what a policy or no placement allows makes no group', async () => {
  const app = patientApp({ policy: { images: ['docker.io/library/*'] } });
  expect((await submitArray(app.ports, SUBMISSION)).kind).toBe('forbidden');
  const gpu = { ...SPEC, gpu: { count: 1, sku: 'NONE' } };
  expect((await submitArray(patientApp().ports, { ...SUBMISSION, spec: gpu })).kind).toBe('no-placement');
  expect(await app.hints.listUnfinished()).toEqual([]);
});
