// Orchestrations that fail, vanish, hang or are stopped while their program runs, on a whole stack of real processes:
// another one takes over, and the job ends as its program did.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { crashSettings } from '../../../proofs/crash-test/crash-stack';
import { readLedger } from '../../../standins/stack/emulator-view';
import type { Job } from '../../../standins/stack/jobs-api';
import { groupOf, logOf, traceOf } from '../../end-to-end/support/proofs';
import { bootTestStack, isOverAndGone, type TestStack } from '../../end-to-end/support/test-stack';
import { deploy, type Deployment } from './support/deployment';
import { type HeldProgram, heldProgram } from './support/held-program';
import { letPromiseLapse } from './support/lapsed-promise';
import { purge, steer, type StoryStatus, storyStatus } from './support/stories';

/**
 * No host dies between an intent and its create here. So the times that wait for such a one may be long, and a busy
 * machine does not run into them.
 */
const PATIENT = {
  GPU_JOBS_CREATE_BOUND_S: '60',
  GPU_JOBS_CREATE_REQUEST_S: '60',
  GPU_JOBS_UNKNOWN_FATE_S: '150',
  GPU_JOBS_UNKNOWN_WORKLOAD_S: '200',
};
/** Twenty jobs begin at once, milliseconds. */
const RUNNING_WITHIN_MS = 120_000;

let deployment: Deployment;
let local: TestStack;
let folder: string;
/** What the deployed story does beyond the repository's. */
let released = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gpu-jobs-programs-'));
  deployment = await deploy();
  local = await bootTestStack({ ...crashSettings(), ...PATIENT }, deployment);
}, 60_000);

afterAll(async () => {
  await local.stop();
  await deployment.remove();
  await rm(folder, { recursive: true, force: true });
});

/** Back to the story as released, because each test stands alone. */
afterEach(async () => {
  if (released !== '') await redeploy('');
}, 60_000);

/**
 * A story that replays its history well and fails after it, but only under the epoch that it has when it is released.
 */
const FAILS_AT_ITS_NEXT_WAIT = `
    const createTimer = context.df.createTimer;
    context.df.createTimer = (...of) => {
        if (story.epoch === 1 && !context.df.isReplaying) throw new Error('a release that fails');
        return createTimer.apply(context.df, of);
    };
`;

/** A story that begins as no history of the released story does. */
const WAITS_BEFORE_ITS_FIRST_STEP = '    yield context.df.createTimer(context.df.currentUtcDateTime);\n';

/** Stops the host as a deployment does and starts it with the changed story. */
async function redeploy(code: string): Promise<void> {
  await local.stack.process('functions-host').stop();
  await deployment.release(code);
  released = code;
  await local.stack.start('functions-host');
}

/** Submits it and waits until its first line is archived. */
async function running({ spec }: HeldProgram): Promise<string> {
  const id = await local.api.submit(spec);
  await local.untilJob(
    id,
    (job) => job.state === 'Running' && (job.attempts[0]?.logBytes ?? 0) > 0,
    'running',
    RUNNING_WITHIN_MS,
  );
  return id;
}

async function untilStory(
  story: { jobId: string; epoch: number },
  found: (status: StoryStatus | undefined) => boolean,
  between: () => Promise<void> = () => Promise.resolve(),
): Promise<StoryStatus | undefined> {
  for (;;) {
    const status = await storyStatus(local, { ...story, attempt: 1 });
    if (found(status)) return status;
    await between();
    await sleep(100);
  }
}

/**
 * Expects the job to be over with the program's own exit code, after one attempt, one create and one start, its log
 * whole.
 */
async function expectUnharmed(job: Job, { exitCode, printed }: HeldProgram): Promise<void> {
  expect(job).toMatchObject({
    state: exitCode === 0 ? 'Succeeded' : 'Failed',
    exitCode,
    cleanup: 'gone',
    attempts: [{ number: 1, exitCode }],
  });
  expect(await traceOf(local, groupOf(job))).toEqual({ puts: 1, programs: 1, exists: false });
  expect(await logOf(local, job)).toEqual({ archived: printed, printed });
}

test('a story that fails is taken over, and the job ends with the exit code of its program', async () => {
  const program = heldProgram(folder, 'failed-story', 3);
  const jobId = await running(program);
  await redeploy(FAILS_AT_ITS_NEXT_WAIT);
  const failed = await untilStory({ jobId, epoch: 1 }, (status) => status?.runtimeStatus === 'Failed');
  expect(failed?.output).toContain('a release that fails');

  await local.api.tick();
  await untilStory({ jobId, epoch: 2 }, (status) => status?.runtimeStatus === 'Running');
  await program.letGo();
  await expectUnharmed(await local.untilJob(jobId, isOverAndGone, 'over and gone'), program);
}, 120_000);

test('a story that is purged is taken over, and the job ends with the exit code of its program', async () => {
  const program = heldProgram(folder, 'purged-story', 3);
  const jobId = await running(program);
  await purge(local, { jobId, attempt: 1, epoch: 1 });
  expect(await storyStatus(local, { jobId, attempt: 1, epoch: 1 })).toBeUndefined();

  await local.api.tick();
  await untilStory({ jobId, epoch: 2 }, (status) => status?.runtimeStatus === 'Running');
  await program.letGo();
  await expectUnharmed(await local.untilJob(jobId, isOverAndGone, 'over and gone'), program);
}, 120_000);

test('a story that hangs is taken over when its promise has lapsed; when it goes on later, it does nothing', async () => {
  const program = heldProgram(folder, 'hung-story', 3);
  const jobId = await running(program);
  await steer(local, { jobId, attempt: 1, epoch: 1 }, 'suspend');
  await untilStory({ jobId, epoch: 1 }, (status) => status?.runtimeStatus === 'Suspended');

  await untilStory(
    { jobId, epoch: 2 },
    (status) => status?.runtimeStatus === 'Running',
    async () => {
      await letPromiseLapse(local, { jobId, attempt: 1, epoch: 1 });
      await local.api.tick();
    },
  );
  await steer(local, { jobId, attempt: 1, epoch: 1 }, 'resume');
  await untilStory({ jobId, epoch: 1 }, (status) => status?.runtimeStatus === 'Completed');
  expect((await local.api.get(jobId)).state).toBe('Running');
  await program.letGo();
  await expectUnharmed(await local.untilJob(jobId, isOverAndGone, 'over and gone'), program);
}, 120_000);

test('a story that a person terminates becomes a cancel with the next tick: its program ends, its group goes', async () => {
  const program = heldProgram(folder, 'terminated-story', 3);
  const jobId = await running(program);
  await steer(local, { jobId, attempt: 1, epoch: 1 }, 'terminate');
  await untilStory({ jobId, epoch: 1 }, (status) => status?.runtimeStatus === 'Terminated');

  await local.api.tick(); // This is the only tick: the timer's would come within a minute.
  const job = await local.untilJob(jobId, isOverAndGone, 'over and gone');
  expect(job).toMatchObject({ state: 'Canceled', reason: { code: 'canceled' }, attempts: [{ number: 1 }] });
  expect(await traceOf(local, groupOf(job))).toEqual({ puts: 1, programs: 1, exists: false });
  const { programs } = await readLedger(local.stack.emulatorUrl);
  expect(programs.find(({ group }) => group === groupOf(job))).toMatchObject({
    endedAt: expect.any(Number) as unknown,
  });
  expect((await logOf(local, job)).archived).toBe('terminated-story begins\n');
}, 120_000);

test('a release that changes the story incompatibly costs 20 running jobs a take-over each, and no program runs twice', async () => {
  const programs = Array.from({ length: 20 }, (_, n) =>
    heldProgram(folder, `in-flight-${n}`, n % 2 === 0 ? 0 : 3),
  );
  const jobIds = await Promise.all(programs.map(running));
  await redeploy(WAITS_BEFORE_ITS_FIRST_STEP);
  for (const jobId of jobIds) {
    const failed = await untilStory({ jobId, epoch: 1 }, (status) => status?.runtimeStatus === 'Failed');
    expect(failed?.output).toContain('Non-Deterministic workflow detected');
  }

  await local.api.tick();
  for (const jobId of jobIds)
    await untilStory({ jobId, epoch: 2 }, (status) => status?.runtimeStatus === 'Running');
  await Promise.all(programs.map((program) => program.letGo()));
  for (const [n, program] of programs.entries())
    await expectUnharmed(await local.untilJob(jobIds[n] ?? '', isOverAndGone, 'over and gone'), program);
}, 240_000);
