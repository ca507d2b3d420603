import { scheduleSchema } from '../../../domain/schedule/schedule';
import type { Policy } from '../../../domain/spec/policy';
import { resubmit } from '../../../jobs/job/resubmit';
import { submit } from '../../../jobs/job/submit';
import { fireSchedules } from '../../../jobs/schedule/fire-schedules';
import { rowsOf, testApp, withAttempt } from '../../support/app/test-app';
import { testPlacement } from '../../support/placements';
import { jobRow, testJobId } from '../../support/rows';

const POLICY: Policy = { registries: ['nvcr.io'] };
const REFUSED = { image: 'python:3.12' };

describe("the deployment's policy", () => {
  test('refuses a submission with the field at fault, and stores nothing of it', async () => {
    const app = testApp({ policy: POLICY });
    expect(await submit(app.ports, { spec: REFUSED, key: 'k', source: 'http' })).toEqual({
      kind: 'forbidden',
      problems: [
        {
          pointer: '/image',
          message: 'is "docker.io", which the policy does not allow; allowed registries: nvcr.io',
        },
      ],
    });
    expect(app.jobs.jobIds()).toEqual([]);
    expect(await app.hints.listWaiting()).toEqual([]);
  });

  test('takes what it allows', async () => {
    const app = testApp({ policy: POLICY });
    const spec = { image: 'nvcr.io/nvidia/cuda:12' };
    expect(await submit(app.ports, { spec, key: 'k', source: 'queue' })).toMatchObject({ kind: 'accepted' });
  });

  test('is asked again when a job is submitted again: it may be another by now', async () => {
    const app = testApp({ policy: POLICY });
    await withAttempt(
      app,
      {},
      { ...jobRow(), state: 'over', attempt: 1, outcome: 'Failed', overAt: app.now() },
    );
    expect(await resubmit(app.ports, { jobId: testJobId(1), key: 'again' })).toMatchObject({
      kind: 'forbidden',
      problems: [{ pointer: '/image' }],
    });
  });

  test("makes a schedule's fire a Rejected job that says why", async () => {
    const schedule = scheduleSchema.parse({ name: 'hourly', cron: '0 * * * *', spec: REFUSED });
    const app = testApp({ policy: POLICY, configuredSchedules: [schedule] });
    await fireSchedules(app.ports);
    app.pass(3_605);
    const [jobId] = await fireSchedules(app.ports);
    expect((await rowsOf(app, jobId)).job.row).toMatchObject({
      outcome: 'Rejected',
      reason: {
        code: 'invalid-spec',
        message: expect.stringContaining('allowed registries: nvcr.io') as unknown,
      },
    });
  });
});

test("a placement's own policy sends the job to the next placement", async () => {
  const app = testApp({
    placements: [testPlacement({ policy: POLICY }), testPlacement({ name: 'westus2' })],
  });
  const submitted = await submit(app.ports, { spec: REFUSED, key: 'k', source: 'http' });
  if (submitted.kind !== 'accepted') throw new Error(`It was ${submitted.kind}.`);
  expect((await rowsOf(app, submitted.jobId)).job.row.plan?.placements).toEqual(['westus2']);
});
