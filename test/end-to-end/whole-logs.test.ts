// A program on Container Apps that prints more at once than the log stream shows: the outcome waits for nothing, and
// the whole log follows from the workspace, as a user sees it.
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import { z } from 'zod';

import { HOST_PROCESS_IMAGE } from '../../standins/containers/known-images';
import { compiled } from '../../standins/stack/repository-root';
import { createStorageClients } from '../../storage/account/clients';
import { createTableHintStore } from '../../storage/rows/table-hint-store';
import { bootTestStack, isOverAndGone, type TestStack } from './support/test-stack';

const LINES = 3_000;
/** What the stream shows at most. */
const SHOWN = 300;
const PRINTED = Array.from({ length: LINES }, (_, i) => `line ${i + 1} of the burst\n`);

let local: TestStack;
beforeAll(async () => {
  local = await bootTestStack({ GPU_JOBS_LOG_QUIET_S: '2' }, { containerApps: true });
}, 60_000);
afterAll(() => local.stop());

async function gpujobs(...words: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  const env = { ...process.env, GPUJOBS_URL: local.stack.functionsUrl };
  return promisify(execFile)(process.execPath, [compiled('cli/main'), ...words], { env });
}

const logSchema = z.object({
  attempts: z.tuple([
    z.object({ log: z.object({ state: z.string(), generation: z.number(), bytes: z.number().optional() }) }),
  ]),
});

async function logOf(id: string): Promise<z.infer<typeof logSchema>['attempts'][0]['log']> {
  const answer = await fetch(`${local.stack.functionsUrl}/api/jobs/${id}`);
  return logSchema.parse(await answer.json()).attempts[0].log;
}

async function ticksUntil(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) {
    await local.api.tick();
    await sleep(500);
  }
}

async function isInIndex(id: string): Promise<boolean> {
  const connectionString = local.stack.storageConnectionString;
  const hints = createTableHintStore(createStorageClients({ kind: 'connection-string', connectionString }));
  return (await hints.listUnfinished()).includes(id);
}

test('a burst of lines is read to its end at once, and whole some ticks later', async () => {
  const id = await local.api.submit({
    image: HOST_PROCESS_IMAGE,
    placements: ['local-container-apps'],
    command: ['sh', '-c', `seq -f 'line %.0f of the burst' 1 ${LINES}`],
  });
  const job = await local.untilJob(id, isOverAndGone, 'over and gone');
  expect(job).toMatchObject({ state: 'Succeeded', exitCode: 0 });
  expect(await logOf(id)).toMatchObject({ state: 'completing', generation: 1 });
  expect(await isInIndex(id)).toBe(true);
  expect((await gpujobs('show', id)).stdout).toMatch(/whole log +is being read from Log Analytics workspace/);
  const first = await gpujobs('logs', id);
  expect(first.stdout).toBe(PRINTED.slice(-SHOWN).join(''));
  expect(first.stderr).toContain('may be missing before byte 0');
  expect(first.stderr).toContain('the whole log is being read from Log Analytics workspace');

  await ticksUntil(async () => (await logOf(id)).state === 'complete');
  const whole = PRINTED.join('');
  expect(await logOf(id)).toEqual(
    expect.objectContaining({ state: 'complete', generation: 2, bytes: whole.length }),
  );
  expect((await gpujobs('show', id)).stdout).toMatch(/whole log +complete, /);
  expect((await gpujobs('logs', id)).stdout).toBe(whole);
  const second = await fetch(`${local.stack.functionsUrl}/api/jobs/${id}/logs?generation=2`);
  expect(await second.text()).toBe(whole);
  expect(Object.fromEntries(second.headers)).toMatchObject({
    'x-log-generation': '2',
    'x-log-state': 'complete',
    'x-log-final': 'true',
    'x-log-gaps': '[]',
  });
  // What was read before stays as it was.
  expect((await local.api.log(id, 1, 0)).toString()).toBe(first.stdout);
  await ticksUntil(async () => !(await isInIndex(id)));
}, 60_000);

test('the failure of an image that no program stands in for names what this machine has', async () => {
  const id = await local.api.submit({
    image: 'example.azurecr.io/train:7',
    placements: ['local-container-apps'],
    command: ['train'],
  });
  const { reason } = await local.untilJob(id, isOverAndGone, 'over and gone');
  expect(reason).toMatchObject({ code: 'image-not-found', class: 'user' });
  expect(reason?.message).toContain(HOST_PROCESS_IMAGE);
  expect(reason?.message).toContain('GPU_JOBS_LOCAL_IMAGES');
}, 60_000);
