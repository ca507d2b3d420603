import type { AttemptRow } from '../../../domain/attempt/attempt';
import { RetryableError } from '../../../domain/errors';
import type { JobSpec } from '../../../domain/spec/job-spec';
import { advance } from '../../../jobs/attempt/advance';
import { lateOutputs, shownOutputs } from '../../../jobs/outputs/list-outputs';
import { listDueOutputs } from '../../../jobs/sweep/list-due-outputs';
import { takeOverJobs } from '../../../jobs/sweep/take-over';
import { attemptIn, rowsOf, type TestApp, withAttempt } from '../../support/app/test-app';
import { present } from '../../support/attempts';
import { appWithShare } from '../../support/outputs/app-with-share';
import { type LocalShare, openLocalShare } from '../../support/outputs/local-share';
import { attemptRow, jobRow, NEW_YEAR, testJobId } from '../../support/rows';

const JOB = testJobId(1);
const SPEC: JobSpec = {
  image: 'example/program:1',
  outputs: { path: '/out' },
  checkpoints: { path: '/check' },
};

let share: LocalShare;
beforeEach(async () => {
  share = await openLocalShare();
});
afterEach(() => share.close());

/** An active job with this spec, whose attempt is to be created; with a second attempt, that one. */
async function toCreate(spec: JobSpec, number = 1): Promise<TestApp> {
  const app = appWithShare(share);
  const row = jobRow({ state: 'active', attempt: number, specHash: 'with-outputs' });
  await app.ports.specs.put(row.specHash, spec);
  await app.jobs.insert(row);
  await app.jobs.commit(row.jobId, [{ kind: 'insert-attempt', row: attemptRow({ jobId: JOB, number }) }]);
  return app;
}

const create = (app: TestApp, attempt = 1): Promise<unknown> =>
  advance(app.ports, { jobId: JOB, attempt, epoch: 1 });

async function toSettle(attempt: Partial<AttemptRow> = {}): Promise<TestApp> {
  const app = appWithShare(share);
  app.backend.looks = [present()];
  await withAttempt(app, {
    intent: { kind: 'set', nonce: 'n', at: NEW_YEAR },
    seen: true,
    verdict: { kind: 'succeeded', exitCode: 0 },
    cleanup: 'requested',
    removalRequestedAt: NEW_YEAR,
    outputs: { state: 'open' },
    ...attempt,
  });
  return app;
}

describe('the create of an attempt with outputs and checkpoints', () => {
  test('makes its folders and tells the program where they are', async () => {
    const app = await toCreate(SPEC);
    await create(app);
    expect(app.backend.creates[0]?.told?.variables).toEqual({
      GPU_JOBS_OUTPUT_DIR: '/out',
      GPU_JOBS_CHECKPOINT_DIR: '/check/1',
    });
    const results = share.shares.open({ url: share.url, keyRef: 'k' });
    expect(await results.list(['outputs', JOB, '1'])).toEqual({ files: [], folders: [] });
    expect(await results.list(['checkpoints', JOB, '1'])).toEqual({ files: [], folders: [] });
    expect(await attemptIn(app)).toMatchObject({ outputs: { state: 'open' } });
  });

  test('names the latest complete checkpoint of the newest attempt that has one', async () => {
    const at = (path: string, time: number): Promise<void> =>
      share.write(`checkpoints/${JOB}/${path}`, 'x', NEW_YEAR + time);
    await at('1/step-900/.complete', 900_000);
    await at('2/step-9/.complete', 5_000);
    await at('2/step-10/.complete', 5_000);
    await at('2/step-8/.complete', 4_000);
    await at('2/step-11/weights.bin', 9_000); // Its marker is missing: it was killed while it wrote.
    await at('3/step-99/weights.bin', 9_000);
    const app = await toCreate(SPEC, 4);
    await create(app, 4);
    expect(app.backend.creates[0]?.told?.variables).toMatchObject({
      GPU_JOBS_CHECKPOINT_DIR: '/check/4',
      GPU_JOBS_RESTORE_DIR: '/check/2/step-10',
    });
    expect(await attemptIn(app, 4)).toMatchObject({ restoredFrom: { attempt: 2, folder: 'step-10' } });
  });

  test('names none where no earlier attempt completed one', async () => {
    await share.write(`checkpoints/${JOB}/1/step-1/weights.bin`, 'x');
    const app = await toCreate(SPEC, 2);
    await create(app, 2);
    expect(app.backend.creates[0]?.told?.variables).not.toHaveProperty('GPU_JOBS_RESTORE_DIR');
  });

  test('waits while the share is out of reach, and ends when it stays so', async () => {
    const app = await toCreate(SPEC);
    share.setFault('unreachable');
    await expect(create(app)).rejects.toThrow(RetryableError);
    await expect(create(app)).rejects.toThrow(/make folder outputs.* on share acct\/results/);
    expect(app.backend.creates).toEqual([]);
    app.pass(24 * 3600);
    await create(app);
    expect(await attemptIn(app)).toMatchObject({
      verdict: { kind: 'failed', reason: { code: 'refused', message: /acct\/results/ } },
    });
    expect(app.backend.creates).toEqual([]);
  });

  test('ends at once where the share is full', async () => {
    const app = await toCreate(SPEC);
    share.setFault('full');
    await create(app);
    const { verdict } = await attemptIn(app);
    expect(verdict).toMatchObject({ kind: 'failed', reason: { code: 'refused' } });
    expect(JSON.stringify(verdict)).toContain('Share acct/results is full (403 ShareSizeLimitReached)');
  });

  test('asks no share for a spec with neither', async () => {
    const app = await toCreate({ image: 'example/program:1' });
    await create(app);
    expect(app.backend.creates).toHaveLength(1);
    expect(share.requests()).toBe(0);
    expect(await attemptIn(app)).not.toHaveProperty('outputs');
  });
});

describe('outputs at the end of an attempt', () => {
  const settle = (app: TestApp): Promise<unknown> => create(app);

  test('are listed when it settles, in the record that announces the end', async () => {
    const app = await toSettle();
    await share.write(`outputs/${JOB}/1/model/weights.bin`, 'abc', NEW_YEAR);
    await share.write(`outputs/${JOB}/1/report.txt`, 'hello', NEW_YEAR);
    await share.write(`outputs/${JOB}/2/of-another-attempt`, 'x');
    await settle(app);
    const listed = { state: 'listed', files: 2, bytes: 8 };
    expect((await attemptIn(app)).outputs).toMatchObject(listed);
    expect(await shownOutputs(app.ports, await attemptIn(app))).toEqual({
      files: [
        { path: 'model/weights.bin', bytes: 3, modifiedAt: NEW_YEAR },
        { path: 'report.txt', bytes: 5, modifiedAt: NEW_YEAR },
      ],
      more: false,
    });
    expect(JSON.stringify(app.results.recordOf(JOB))).toContain('"files":2');
  });

  test('that come, change or go later are shown as late and leave the list as it is', async () => {
    const app = await toSettle();
    await share.write(`outputs/${JOB}/1/same`, 'abc', NEW_YEAR);
    await share.write(`outputs/${JOB}/1/report.txt`, 'hello', NEW_YEAR);
    await settle(app);
    await share.write(`outputs/${JOB}/1/report.txt`, 'hello again', NEW_YEAR + 5000);
    await share.write(`outputs/${JOB}/1/new/one`, 'x', NEW_YEAR + 6000);
    const row = await attemptIn(app);
    expect((await lateOutputs(app.ports, row)).files).toEqual([
      { path: 'new/one', bytes: 1, modifiedAt: NEW_YEAR + 6000, late: 'added' },
      { path: 'report.txt', bytes: 11, modifiedAt: NEW_YEAR + 5000, late: 'changed' },
    ]);
    expect((await shownOutputs(app.ports, row)).files).toHaveLength(2);
  });

  test('delay no end while the share is out of reach, and are listed by a later tick', async () => {
    const app = await toSettle();
    await share.write(`outputs/${JOB}/1/report.txt`, 'hello');
    share.setFault('unreachable');
    await settle(app);
    expect((await rowsOf(app)).job.row).toMatchObject({ state: 'over', outcome: 'Succeeded' });
    expect((await attemptIn(app)).outputs).toMatchObject({ state: 'due' });
    expect(app.logged.join('\n')).toMatch(/could not be listed yet: .*acct\/results/);
    share.setFault(undefined);
    app.pass(60);
    await app.hints.addJob(JOB);
    const found = await takeOverJobs(app.ports);
    expect(found.outputs).toEqual([JOB]);
    await listDueOutputs(app.ports, found.outputs);
    expect((await attemptIn(app)).outputs).toMatchObject({ state: 'listed', files: 1, bytes: 5 });
    expect(JSON.stringify(app.results.recordOf(JOB))).toContain('"state":"listed"');
  });

  test('are given up when the share stays out of reach for a day', async () => {
    const app = await toSettle();
    share.setFault('forbidden');
    await settle(app);
    app.pass(25 * 3600);
    await listDueOutputs(app.ports, [JOB]);
    expect((await attemptIn(app)).outputs).toMatchObject({
      state: 'unreadable',
      why: /Share acct\/results refused/,
    });
  });

  test('are asked for by nobody where the spec names none', async () => {
    const app = await toSettle({ outputs: undefined });
    await settle(app);
    expect(share.requests()).toBe(0);
  });
});
