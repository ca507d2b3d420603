import { jobIdFor } from '../../../domain/job/names';
import type { JobSpec } from '../../../domain/spec/job-spec';
import { submit } from '../../../jobs/job/submit';
import { dieEverywhere } from '../../support/app/dying-ports';
import { rowsOf, type TestApp, testApp } from '../../support/app/test-app';
import { testPlacement } from '../../support/placements';

const SPEC: JobSpec = { image: 'example/program:1', gpu: { count: 1, sku: 'V100' } };
const SECRET_SPEC: JobSpec = { image: 'example/program:1', env: { TOKEN: { secure: 'open sesame' } } };

function send(app: TestApp, spec = SPEC, key = 'key'): ReturnType<typeof submit> {
  return submit(app.ports, { spec, key, source: 'http' });
}

describe('a submission', () => {
  test('makes a job that waits, with its spec, its hints and the defaults filled in', async () => {
    const app = testApp();
    const { id: owner } = await app.ports.owner.get();
    const jobId = jobIdFor(owner, 'key');
    expect(await send(app)).toEqual({ kind: 'accepted', jobId });
    const { job } = await rowsOf(app, jobId);
    expect(job.row).toMatchObject({
      state: 'waiting',
      attempt: 0,
      owner,
      notBefore: app.now(),
      submittedAt: app.now(),
      plan: { placements: ['eastus'], retry: { attempts: 3 }, deadlines: { provisioning: 1_200 } },
    });
    expect(await app.ports.specs.get(job.row.specHash)).toEqual(SPEC);
    expect(await app.hints.listWaiting()).toMatchObject([{ jobId, attempt: 1 }]);
    expect(await app.hints.listUnfinished()).toEqual([jobId]);
  });

  test('repeated later with the same key and spec is the same job, unchanged', async () => {
    const app = testApp();
    const first = await send(app);
    app.pass(60);
    expect(await send(app)).toEqual(first);
    expect(app.jobs.jobIds()).toHaveLength(1);
  });

  test('sent twenty times at once is one job', async () => {
    const app = testApp();
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(app)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.kind).toBe('accepted');
    expect(app.jobs.jobIds()).toHaveLength(1);
  });

  test('with the key of another spec is a conflict and changes nothing', async () => {
    const app = testApp();
    const first = await send(app);
    const other = await send(app, { ...SPEC, command: ['other'] });
    expect(other).toEqual({ ...first, kind: 'conflict' });
    const jobId = app.jobs.jobIds()[0] ?? '';
    const stored = await app.ports.specs.get((await rowsOf(app, jobId)).job.row.specHash);
    expect(stored).toEqual(SPEC);
  });

  test('of another key is another job', async () => {
    const app = testApp();
    await send(app, SPEC, 'a');
    await send(app, SPEC, 'b');
    expect(app.jobs.jobIds()).toHaveLength(2);
  });

  test('that no placement can hold is refused before anything is stored, with why for each', async () => {
    const app = testApp({ placements: [testPlacement(), testPlacement({ name: 'westus2', gpus: [] })] });
    expect(await send(app, { image: 'a', gpu: { count: 1, sku: 'A100' } })).toEqual({
      kind: 'no-placement',
      refusals: {
        eastus: 'offers no 1 × A100 (it offers V100 × 1/2/4)',
        westus2: 'offers no 1 × A100 (it offers none)',
      },
    });
    expect(app.jobs.jobIds()).toEqual([]);
    expect(await app.hints.listWaiting()).toEqual([]);
  });

  test('keeps a literal secret out of spec and row, and holds it for the job', async () => {
    const app = testApp();
    await send(app, SECRET_SPEC);
    const jobId = app.jobs.jobIds()[0] ?? '';
    const { job } = await rowsOf(app, jobId);
    const stored = await app.ports.specs.get(job.row.specHash);
    expect(JSON.stringify([stored, job.row])).not.toContain('open sesame');
    expect(await app.heldSecrets.get(jobId, job.row.specHash)).toEqual({ TOKEN: 'open sesame' });
  });

  test('repeated after its job is over leaves no secret behind', async () => {
    const app = testApp();
    await send(app, SECRET_SPEC);
    const jobId = app.jobs.jobIds()[0] ?? '';
    const { job } = await rowsOf(app, jobId);
    await app.jobs.commit(jobId, [
      { kind: 'replace-job', row: { ...job.row, state: 'over' }, etag: job.etag },
    ]);
    await app.heldSecrets.remove(jobId);
    expect(await send(app, SECRET_SPEC)).toEqual({ kind: 'accepted', jobId });
    expect(app.heldSecrets.jobIds()).toEqual([]);
  });

  test('cut anywhere and repeated makes one whole job; a job row never stands without spec and hints', async () => {
    const deaths = await dieEverywhere(
      () => testApp(),
      (ports) => submit(ports, { spec: SPEC, key: 'key', source: 'http' }),
      async (app, where) => {
        for (const jobId of app.jobs.jobIds()) {
          const { job } = await rowsOf(app, jobId);
          expect([where, await app.ports.specs.get(job.row.specHash)]).toEqual([where, SPEC]);
          expect([where, await app.hints.listUnfinished()]).toEqual([where, [jobId]]);
          expect([where, (await app.hints.listWaiting()).length]).toEqual([where, 1]);
        }
        app.pass(1);
        expect([where, (await send(app)).kind]).toEqual([where, 'accepted']);
        expect([where, app.jobs.jobIds().length]).toEqual([where, 1]);
      },
    );
    expect(deaths).toBeGreaterThanOrEqual(10);
  });
});
