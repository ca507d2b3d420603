import { reason } from '../../../domain/job/failure-reason';
import type { JobSpec } from '../../../domain/spec/job-spec';
import { reject } from '../../../jobs/job/reject';
import { resubmit } from '../../../jobs/job/resubmit';
import { submit } from '../../../jobs/job/submit';
import { rowsOf, type TestApp, testApp } from '../../support/app/test-app';
import { NEW_YEAR } from '../../support/rows';

const SPEC: JobSpec = { image: 'example/program:1', labels: { team: 'a' } };

/** A job with this spec that has failed. */
async function failed(app: TestApp, spec: JobSpec = SPEC): Promise<string> {
  const submitted = await submit(app.ports, { spec, key: 'first', source: 'queue' });
  if (submitted.kind !== 'accepted') throw new Error(`Not accepted: ${JSON.stringify(submitted)}`);
  const { job } = await rowsOf(app, submitted.jobId);
  const over = { ...job.row, state: 'over', outcome: 'Failed', overAt: NEW_YEAR, eventSent: true } as const;
  await app.jobs.commit(submitted.jobId, [{ kind: 'replace-job', row: over, etag: job.etag }]);
  return submitted.jobId;
}

async function rejected(app: TestApp, text: string): Promise<string> {
  const why = reason('invalid-spec', 'could not be handled');
  return reject(app.ports, { key: 'm', bytes: Buffer.from(text), reason: why, source: 'queue' });
}

describe('submitting a job again', () => {
  test('makes another job of the same spec', async () => {
    const app = testApp();
    const jobId = await failed(app);
    const again = await resubmit(app.ports, { jobId: jobId, key: 'again' });
    expect(again).toMatchObject({ kind: 'accepted' });
    if (again.kind !== 'accepted') return;
    expect(again.jobId).not.toBe(jobId);
    const [{ job: first }, { job: second }] = [await rowsOf(app, jobId), await rowsOf(app, again.jobId)];
    expect(second.row).toMatchObject({
      state: 'waiting',
      specHash: first.row.specHash,
      labels: { team: 'a' },
      source: 'http',
    });
    expect(first.row.outcome).toBe('Failed');
  });

  test('with the same key again is the same new job', async () => {
    const app = testApp();
    const jobId = await failed(app);
    expect(await resubmit(app.ports, { jobId: jobId, key: 'again' })).toEqual(
      await resubmit(app.ports, { jobId: jobId, key: 'again' }),
    );
    expect(app.jobs.jobIds()).toHaveLength(2);
  });

  test('does not meet the idempotency key that its own spec names', async () => {
    const app = testApp();
    const jobId = await failed(app, { ...SPEC, idempotencyKey: 'first' });
    expect(await resubmit(app.ports, { jobId: jobId, key: 'again' })).toMatchObject({ kind: 'accepted' });
    expect(app.jobs.jobIds()).toHaveLength(2);
  });

  test('is refused while the job is not over', async () => {
    const app = testApp();
    const submitted = await submit(app.ports, { spec: SPEC, key: 'first', source: 'queue' });
    if (submitted.kind !== 'accepted') throw new Error('Not accepted.');
    expect(await resubmit(app.ports, { jobId: submitted.jobId, key: 'again' })).toEqual({ kind: 'not-over' });
  });

  test('that does not exist says so', async () => {
    expect(await resubmit(testApp().ports, { jobId: 'j0000000000000000009', key: 'again' })).toEqual({
      kind: 'no-such-job',
    });
  });

  test('names each literal secret that is gone', async () => {
    const app = testApp();
    const jobId = await failed(app, { ...SPEC, env: { TOKEN: { secure: 'open sesame' }, PLAIN: 'x' } });
    const result = await resubmit(app.ports, { jobId: jobId, key: 'again' });
    expect(result).toMatchObject({ kind: 'unusable', problems: [{ pointer: '/env/TOKEN' }] });
    expect(JSON.stringify(result)).not.toContain('open sesame');
  });

  test('takes the message that was kept of a rejected one, once it is valid', async () => {
    const app = testApp();
    const jobId = await rejected(app, JSON.stringify(SPEC));
    expect(await resubmit(app.ports, { jobId: jobId, key: 'again' })).toMatchObject({ kind: 'accepted' });
  });

  test.each([
    ['is still no spec', '{"imag":"x"}'],
    ['is no JSON', 'not json'],
  ])('of a rejected message that %s tells what is wrong', async (_what, text) => {
    const app = testApp();
    const result = await resubmit(app.ports, { jobId: await rejected(app, text), key: 'again' });
    expect(result).toMatchObject({ kind: 'unusable' });
    expect(app.jobs.jobIds()).toHaveLength(1);
  });

  test('with overrides makes a job of the changed spec, tells each change, and leaves the old job as it was', async () => {
    const app = testApp();
    const jobId = await failed(app, { ...SPEC, env: { LR: '0.1', KEEP: 'k' }, idempotencyKey: 'first' });
    const overrides = { env: { LR: '0.9' }, name: 'again' };
    const again = await resubmit(app.ports, { jobId, key: 'again', overrides });
    expect(again).toMatchObject({
      kind: 'accepted',
      changed: [
        { pointer: '/env/LR', from: '0.1', to: '0.9' },
        { pointer: '/name', to: 'again' },
      ],
    });
    if (again.kind !== 'accepted') return;
    const { job } = await rowsOf(app, again.jobId);
    expect(await app.ports.specs.get(job.row.specHash)).toEqual({
      ...SPEC,
      name: 'again',
      env: { LR: '0.9', KEEP: 'k' },
    });
    expect((await rowsOf(app, jobId)).job.row.name).toBeUndefined();
  });

  test('under the same key with other overrides is a conflict: the key has made another job', async () => {
    const app = testApp();
    const jobId = await failed(app);
    await resubmit(app.ports, { jobId, key: 'again', overrides: { name: 'a' } });
    expect(await resubmit(app.ports, { jobId, key: 'again', overrides: { name: 'b' } })).toMatchObject({
      kind: 'conflict',
    });
  });

  test('names the secrets that are still missing, and takes those that are given again or taken away', async () => {
    const app = testApp();
    const env = { TOKEN: { secure: 'open sesame' }, KEY: { secure: 'k' }, OLD: { secure: 'o' } };
    const jobId = await failed(app, { ...SPEC, env });
    const given = { env: { TOKEN: { secure: 'new' }, OLD: null } };
    expect(await resubmit(app.ports, { jobId, key: 'again', overrides: given })).toMatchObject({
      kind: 'unusable',
      problems: [{ pointer: '/env/KEY', message: expect.stringContaining('is a literal secret') as string }],
    });
    const all = { env: { ...given.env, KEY: 'plain now' } };
    const again = await resubmit(app.ports, { jobId, key: 'again', overrides: all });
    expect(again).toMatchObject({ kind: 'accepted' });
    if (again.kind !== 'accepted') return;
    const { specHash } = (await rowsOf(app, again.jobId)).job.row;
    expect(await app.ports.heldSecrets.get(again.jobId, specHash)).toEqual({ TOKEN: 'new' });
    expect(JSON.stringify([again, await app.ports.specs.get(specHash)])).not.toContain('"new"');
  });

  test('with a reference to a vault that is not configured is refused, as a submission is', async () => {
    const app = testApp();
    const jobId = await failed(app);
    const ports = { ...app.ports, vault: undefined };
    const overrides = { env: { TOKEN: { secretRef: 'token' } } };
    expect(await resubmit(ports, { jobId, key: 'again', overrides })).toMatchObject({
      kind: 'unusable',
      problems: [{ pointer: '/env/TOKEN/secretRef' }],
    });
  });

  test('repairs by overrides what a rejected message got wrong', async () => {
    const app = testApp();
    const jobId = await rejected(app, JSON.stringify({ ...SPEC, gpu: { count: 0 } }));
    expect(await resubmit(app.ports, { jobId, key: 'again' })).toMatchObject({
      kind: 'unusable',
      problems: [{ pointer: '/gpu/count' }],
    });
    expect(await resubmit(app.ports, { jobId, key: 'again', overrides: { gpu: null } })).toMatchObject({
      kind: 'accepted',
      changed: [{ pointer: '/gpu', from: { count: 0 } }],
    });
  });
});
