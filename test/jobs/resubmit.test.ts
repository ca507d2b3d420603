import { reason } from '../../domain/failure-reason';
import type { JobSpec } from '../../domain/job-spec';
import { reject } from '../../jobs/reject';
import { resubmit } from '../../jobs/resubmit';
import { submit } from '../../jobs/submit';
import { rowsOf, type TestApp, testApp } from '../support/app/test-app';
import { NEW_YEAR } from '../support/rows';

const SPEC: JobSpec = { image: 'example/program:1', labels: { team: 'a' } };

/** A job of this spec that has failed. */
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
    const again = await resubmit(app.ports, jobId, 'again');
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
    expect(await resubmit(app.ports, jobId, 'again')).toEqual(await resubmit(app.ports, jobId, 'again'));
    expect(app.jobs.jobIds()).toHaveLength(2);
  });

  test('does not meet the idempotency key that its own spec names', async () => {
    const app = testApp();
    const jobId = await failed(app, { ...SPEC, idempotencyKey: 'first' });
    expect(await resubmit(app.ports, jobId, 'again')).toMatchObject({ kind: 'accepted' });
    expect(app.jobs.jobIds()).toHaveLength(2);
  });

  test('is refused while the job is not over', async () => {
    const app = testApp();
    const submitted = await submit(app.ports, { spec: SPEC, key: 'first', source: 'queue' });
    if (submitted.kind !== 'accepted') throw new Error('Not accepted.');
    expect(await resubmit(app.ports, submitted.jobId, 'again')).toEqual({ kind: 'not-over' });
  });

  test('that nobody knows says so', async () => {
    expect(await resubmit(testApp().ports, 'j0000000000000000009', 'again')).toEqual({ kind: 'no-such-job' });
  });

  test('names each literal secret that is gone', async () => {
    const app = testApp();
    const jobId = await failed(app, { ...SPEC, env: { TOKEN: { secure: 'open sesame' }, PLAIN: 'x' } });
    const result = await resubmit(app.ports, jobId, 'again');
    expect(result).toMatchObject({ kind: 'unusable', problems: [{ pointer: '/env/TOKEN/secure' }] });
    expect(JSON.stringify(result)).not.toContain('open sesame');
  });

  test('takes the message that was kept of a rejected one, once it is valid', async () => {
    const app = testApp();
    const jobId = await rejected(app, JSON.stringify(SPEC));
    expect(await resubmit(app.ports, jobId, 'again')).toMatchObject({ kind: 'accepted' });
  });

  test.each([
    ['is still no spec', '{"imag":"x"}'],
    ['is no JSON', 'not json'],
  ])('of a rejected message that %s tells what is wrong', async (_what, text) => {
    const app = testApp();
    const result = await resubmit(app.ports, await rejected(app, text), 'again');
    expect(result).toMatchObject({ kind: 'unusable' });
    expect(app.jobs.jobIds()).toHaveLength(1);
  });
});
