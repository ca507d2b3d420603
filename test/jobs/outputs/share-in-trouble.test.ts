// What becomes of a job whose share, or the vault with its key, is in trouble before its workload is created, and of
// links that a program plants on the share.
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { RetryableError } from '../../../domain/errors';
import type { JobSpec } from '../../../domain/spec/job-spec';
import { advance } from '../../../jobs/attempt/advance';
import { outputsOf } from '../../../jobs/outputs/kept-files';
import { shownOutputs } from '../../../jobs/outputs/list-outputs';
import { attemptIn, rowsOf, type TestApp } from '../../support/app/test-app';
import { appWithShare } from '../../support/outputs/app-with-share';
import { type LocalShare, openLocalShare } from '../../support/outputs/local-share';
import { attemptRow, jobRow, testJobId } from '../../support/rows';

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

async function toCreate(number = 1): Promise<TestApp> {
  const app = appWithShare(share);
  const row = jobRow({ state: 'active', attempt: number, specHash: 'with-outputs' });
  await app.ports.specs.put(row.specHash, SPEC);
  await app.jobs.insert(row);
  await app.jobs.commit(row.jobId, [{ kind: 'insert-attempt', row: attemptRow({ jobId: JOB, number }) }]);
  return app;
}

const step = (app: TestApp, attempt = 1): Promise<unknown> =>
  advance(app.ports, { jobId: JOB, attempt, epoch: 1 });

describe('before the intent', () => {
  test('a vault that is down is waited for, and then the attempt is refused, with the vault named', async () => {
    const app = await toCreate();
    share.setKey(
      new RetryableError('Storage gave no definite answer when asked to read secret "k" of key vault v.'),
    );
    await expect(step(app)).rejects.toThrow(/read secret "k" of key vault v/);
    expect((await attemptIn(app)).intent).toEqual({ kind: 'none' });
    app.pass(24 * 3600);
    await step(app);
    expect(await attemptIn(app)).toMatchObject({
      intent: { kind: 'closed' },
      verdict: { kind: 'failed', reason: { code: 'refused', class: 'infrastructure' } },
    });
    expect(JSON.stringify((await attemptIn(app)).verdict)).toContain('key vault v');
    expect([app.backend.creates, share.requests()]).toEqual([[], 0]);
  });

  test('a vault that comes back in time costs nothing but the wait', async () => {
    const app = await toCreate();
    share.setKey(new RetryableError('The vault is down.'));
    await expect(step(app)).rejects.toThrow(RetryableError);
    share.setKey(undefined);
    await step(app);
    expect(app.backend.creates).toHaveLength(1);
  });

  test('a key that was renewed on the account alone is refused, and counts once the vault has it', async () => {
    const renewed = Buffer.from('a renewed key').toString('base64');
    const results = share.shares.open({ url: share.url, keyRef: 'k' });
    expect(await results.list([])).toEqual({ files: [], folders: [] });
    share.renewOnAccount(renewed);
    await expect(results.list([])).rejects.toThrow(/keyRef names must hold a key of this account/);
    share.setKey(renewed);
    expect(await results.list([])).toEqual({ files: [], folders: [] });
  });

  test('a share that stays out of reach sends the job to another placement', async () => {
    const app = await toCreate();
    share.setFault('unreachable');
    app.pass(24 * 3600);
    for (let steps = 0; steps < 4; steps += 1) await step(app);
    const { job } = await rowsOf(app, JOB);
    expect(job.row).toMatchObject({ state: 'waiting', failedPlacements: ['eastus'] });
    expect(app.backend.creates).toEqual([]);
  });
});

describe('a link that a program plants on the share', () => {
  const plant = async (at: string, to: string): Promise<void> => {
    await mkdir(dirname(join(share.folder, at)), { recursive: true });
    await symlink(to, join(share.folder, at));
  };

  test("leads nowhere from its outputs: not to another job's, not to the host, whole or in part", async () => {
    const other = join(share.folder, 'outputs', testJobId(2), '1');
    await share.write(`outputs/${testJobId(2)}/1/secret.txt`, 'of another');
    await share.write(`outputs/${JOB}/1/own.txt`, 'x');
    await plant(`outputs/${JOB}/1/folder`, other);
    await plant(`outputs/${JOB}/1/file.txt`, join(other, 'secret.txt'));
    await plant(`outputs/${JOB}/1/host`, '/etc');
    await plant(`outputs/${JOB}/1/loop`, '.');
    const { ports } = appWithShare(share);
    const row = attemptRow({ jobId: JOB, outputs: { state: 'open' } });
    const shown = await shownOutputs(ports, row);
    expect(shown.files.map(({ path }) => path)).toEqual(['own.txt']);
    const { files, folder } = outputsOf(ports, row);
    for (const path of ['folder/secret.txt', 'file.txt', 'host/hostname', 'loop/own.txt'])
      expect(await files.read([...folder, ...path.split('/')], 0)).toBeUndefined();
  });

  test('is no checkpoint to go on from, complete or not', async () => {
    const other = join(share.folder, 'checkpoints', testJobId(2), '1', 'step-9');
    await mkdir(other, { recursive: true });
    await writeFile(join(other, '.complete'), '');
    await plant(`checkpoints/${JOB}/1/step-9`, other);
    await share.write(`checkpoints/${JOB}/1/step-8/weights`, 'x');
    await plant(`checkpoints/${JOB}/1/step-8/.complete`, join(other, '.complete'));
    const app = await toCreate(2);
    await step(app, 2);
    expect(app.backend.creates[0]?.told?.variables).not.toHaveProperty('GPU_JOBS_RESTORE_DIR');
  });
});

test.each(['..', 'a/..', '../../2/1', 'a\\..\\b', 'nul\0', ''])(
  'content at %j is asked of no share',
  async (path) => {
    await share.write(`outputs/${testJobId(2)}/1/secret.txt`, 'of another');
    const { files, folder } = outputsOf(
      appWithShare(share).ports,
      attemptRow({ jobId: JOB, outputs: { state: 'open' } }),
    );
    await expect(files.read([...folder, ...path.split('/'), 'secret.txt'], 0)).rejects.toThrow(
      'No file or folder of a share is called',
    );
    expect(share.requests()).toBe(0);
  },
);
