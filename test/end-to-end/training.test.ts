// A training on each kind of compute of the local stack: it reads digits from a data volume, is killed in the middle
// and goes on from its last checkpoint at another placement. The model that is downloaded from its outputs recognises
// digits that no program had.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { z } from 'zod';

import type { Job } from '../../standins/stack/jobs-api';
import { compiled } from '../../standins/stack/repository-root';
import { type Platform, platformsOf } from './support/platforms';
import { groupOf } from './support/proofs';
import { splitDigits } from './support/split-digits';
import { bootTestStack, isOverAndGone, type TestStack } from './support/test-stack';

/** The limit of one test, milliseconds: a training takes five seconds of an idle core; CI's may be shared. */
const TRAINING_MS = 240_000;

const INTERVAL = 50;
/** Six seeds ended between 0.935 and 0.943. */
const STEPS = 400;
const TRAINING = ['--max_steps', String(STEPS), '--learning_rate', '0.005', '--save_every', String(INTERVAL)];
/** A first attempt stands still before this step until it is killed, between two checkpoints. */
const STALL_AT = 120;
const STALL = join(__dirname, '../fixtures/training/stands-still.cjs');

let local: TestStack;
let platforms: Map<string, Platform>;
let shares: string;
/** The digits that no program had; models are downloaded beside them. */
let folder: string;
let sample: { args: string[] } & Record<string, unknown>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unseen-'));
  local = await bootTestStack(
    (stateFolder) => {
      shares = join(stateFolder, 'shares/gpujobslocal');
      return { GPU_JOBS_KUBERNETES_PULL_MS: '100', GPU_JOBS_KUBERNETES_SCALE_UP_MS: '500' };
    },
    { kubernetes: true, containerApps: true },
  );
  platforms = platformsOf(local.stack);
  await splitDigits({ volume: join(shares, 'data/digits'), unseen: join(folder, 'digits') });
  const text = await readFile(join(__dirname, '../../samples/training-data/job.json'), 'utf8');
  sample = z.looseObject({ args: z.array(z.string()) }).parse(JSON.parse(text));
}, TRAINING_MS);

afterAll(async () => {
  await local.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The sample, with arguments for less work behind the one that names its data. */
function shortSample(): object {
  return { ...sample, args: [...sample.args.slice(0, 2), ...TRAINING] };
}

/** Runs a program of ours; resolves to what it printed. */
async function ran(module: string, ...words: readonly string[]): Promise<string> {
  const env = { ...process.env, GPUJOBS_URL: local.stack.functionsUrl };
  const { stdout } = await promisify(execFile)(process.execPath, [compiled(module), ...words], { env });
  return stdout;
}

/** Downloads a job's outputs by the command line; resolves to the folder of the model. */
async function downloaded(id: string): Promise<string> {
  await ran('cli/main', 'outputs', id, '--download', join(folder, id));
  return join(folder, id, 'model');
}

/** Loads a model, and has it recognise the digits that no program had. Rejects unless it knows nine of ten. */
async function expectTrained(model: string): Promise<void> {
  const accuracy = Number(await ran('samples/tensorflow-mnist/evaluate', model, join(folder, 'digits')));
  expect(accuracy).toBeGreaterThan(0.9);
}

const recordSchema = z.object({
  attempts: z.array(
    z.object({
      number: z.number(),
      placement: z.string(),
      reason: z.object({ code: z.string(), class: z.string() }).optional(),
      restoredFrom: z.object({ attempt: z.number(), folder: z.string() }).optional(),
    }),
  ),
});

async function attemptsOf(id: string): Promise<z.infer<typeof recordSchema>['attempts']> {
  return recordSchema.parse(await (await fetch(`${local.stack.functionsUrl}/api/jobs/${id}`)).json())
    .attempts;
}

/** The steps before which an attempt told its accuracy: every tenth. */
async function tenthSteps(job: Pick<Job, 'id'>, number: number, placement: string): Promise<number[]> {
  const printed = (await platforms.get(placement)?.printed(groupOf(job, number))) ?? '';
  return [...printed.matchAll(/^Accuracy at step (\d+): /gm)].map(([, step]) => Number(step));
}

test(
  'the sample trains from a random seed, and the model that is downloaded knows digits that it never saw',
  async () => {
    const id = await local.api.submit(shortSample());
    const job = await local.untilJob(id, isOverAndGone, 'over and gone', TRAINING_MS);
    expect(job).toMatchObject({ state: 'Succeeded', exitCode: 0, attempts: [{ number: 1 }] });
    expect((await local.api.log(id, 1, 0)).toString()).toMatch(/^Seed \d+$/m);
    const model = await downloaded(id);
    await expectTrained(model);

    // The same measure of a model that learned nothing: weights by chance of the same size.
    const untrained = join(folder, 'untrained');
    await cp(model, untrained, { recursive: true });
    const { size } = await stat(join(model, 'weights.bin'));
    const bytes = randomBytes(size / 4);
    const weights = Float32Array.from(bytes, (byte) => (byte - 127.5) / 2_000);
    await writeFile(join(untrained, 'weights.bin'), new Uint8Array(weights.buffer));
    await expect(expectTrained(untrained)).rejects.toThrow(/Expected: > 0\.9/);
  },
  TRAINING_MS,
);

test.each([
  ['local-container-apps', 'local-kubernetes'],
  ['local-kubernetes', 'local-eastus'],
  ['local-eastus', 'local-container-apps'],
])(
  'a training that is lost on %s goes on from its checkpoint on %s',
  async (first, second) => {
    const id = await local.api.submit({
      ...shortSample(),
      env: { NODE_OPTIONS: `--require ${STALL}`, STALL_AT_STEP: String(STALL_AT) },
      placements: [first, second],
    });
    const platform = platforms.get(first);
    const stalled = async (): Promise<boolean> => (await tenthSteps({ id }, 1, first)).includes(STALL_AT);
    await local.untilJob(id, ({ state }) => state === 'Running', 'running', TRAINING_MS);
    while (!(await stalled())) await local.untilJob(id, ({ state }) => state === 'Running', 'still running');
    await platform?.lose(groupOf({ id }));

    const job = await local.untilJob(id, isOverAndGone, 'over and gone', TRAINING_MS);
    expect(job).toMatchObject({ state: 'Succeeded', exitCode: 0 });
    const attempts = await attemptsOf(id);
    expect(attempts).toMatchObject([
      { placement: first, reason: { class: 'infrastructure' } },
      { placement: second, restoredFrom: { attempt: 1 } },
    ]);

    // A line stands before each tenth step. The first attempt ended behind its last line, before that line's step.
    const before = await tenthSteps(job, 1, first);
    const after = await tenthSteps(job, 2, second);
    expect(before.at(-1)).toBe(STALL_AT);
    const begun = after[0] ?? NaN;
    expect(attempts[1]?.restoredFrom?.folder).toBe(`step-${begun}`);
    expect(STALL_AT - begun).toBeGreaterThanOrEqual(0);
    expect(STALL_AT - begun).toBeLessThanOrEqual(INTERVAL);
    expect([...new Set([...before, ...after])]).toEqual(
      Array.from({ length: STEPS / 10 }, (_, at) => at * 10),
    );
    await expectTrained(await downloaded(id));
  },
  TRAINING_MS,
);
