// A job whose program prints more than the log stream shows: its outcome waits for nothing, and the Log Analytics
// workspace completes its log, through the genuine client.
import type { JobView } from '../../../api/jobs';
import type { LogIndex } from '../../../domain/logs/log-index';
import { DEFAULT_CONTAINER_APPS_SETTINGS } from '../../../standins/container-apps/settings';
import type { Script } from '../../../standins/containers/scripted';
import { json } from '../../../standins/wire/handler';
import {
  type AppsParts,
  type AppsWorld,
  createAppsWorld,
  HOUR,
  isGone,
  isOver,
  MINUTE,
} from '../../support/world/container-apps-world';

const WORKSPACE = '00000000-0000-4000-8000-0000000000cc';
const BURSTS = 10;
const LINES_A_BURST = 1_000;
const LINE_BYTES = 520;

/** Every 20 seconds so many lines at one instant, no two alike: more than 5 MB. */
const PRINTED = Array.from({ length: BURSTS }, (_burst, burst) =>
  Array.from({ length: LINES_A_BURST }, (_line, line) =>
    `burst ${burst} line ${line} `.padEnd(LINE_BYTES, 'x'),
  ),
);
const BURSTING: Script = {
  prints: PRINTED.map((lines, burst) => ({ atMs: burst * 20_000, text: `${lines.join('\n')}\n` })),
  exit: { atMs: BURSTS * 20_000, code: 0 },
};

async function worldWith(script: Script, parts: AppsParts = {}): Promise<AppsWorld> {
  const environment = {
    subscription: '00000000-0000-0000-0000-000000000001',
    resourceGroup: 'rg1',
    name: 'env1',
    location: 'westus3',
    profiles: { Consumption: 'Consumption' },
    workspace: WORKSPACE,
  };
  return createAppsWorld({
    script: () => script,
    placement: { workspaceId: WORKSPACE },
    settings: { ...DEFAULT_CONTAINER_APPS_SETTINGS, environments: [environment] },
    ...parts,
  });
}

const logOf = ({ attempts }: JobView) => attempts[0]?.log;
const isSettled = (job: JobView): boolean => {
  const state = logOf(job)?.state;
  return isGone(job) && state !== undefined && state !== 'completing';
};

async function read(
  world: AppsWorld,
  jobId: string,
  generation: number,
): Promise<{ text: string; index: LogIndex }> {
  const ref = { jobId, attempt: 1, container: 'program', generation };
  const { bytes, index } = await world.ports.logArchive.read(ref, 0, 20_000_000);
  return { text: bytes.toString(), index };
}

test('a log of 5 MB in bursts: the stream leaves marked gaps, the workspace has every line', async () => {
  const world = await worldWith(BURSTING);
  const jobId = await world.submit();
  const over = await world.until(jobId, isOver, HOUR);
  expect(over).toMatchObject({
    outcome: 'Succeeded',
    attempts: [{ log: { state: 'completing', generation: 1 } }],
  });
  const stream = await read(world, jobId, 1);
  expect(stream.index.closed).toBeDefined();
  expect(stream.index.gaps.filter(({ kind }) => kind === 'missing').length).toBeGreaterThan(3);
  expect(stream.text.length).toBeLessThan(3_000_000);

  const settled = await world.until(jobId, isSettled, HOUR);
  expect(logOf(settled)).toMatchObject({
    state: 'complete',
    generation: 2,
    source: `Log Analytics workspace ${WORKSPACE}`,
  });
  const whole = await read(world, jobId, 2);
  expect(whole.text.length).toBeGreaterThan(5_000_000);
  // Lines of one instant have no order in a workspace.
  expect(whole.text.split('\n').sort()).toEqual([...PRINTED.flat(), ''].sort());
  expect(whole.index.gaps).toEqual([]);
  expect((await read(world, jobId, 1)).text).toBe(stream.text);
}, 120_000);

const FEW: Script = {
  prints: [100, 1_000, 2_000].map((atMs, n) => ({ atMs, text: `line ${n}\n` })),
  exit: { atMs: 30_000, code: 0 },
};

test('rows that come late, and twice, are all in it once', async () => {
  const world = await worldWith(FEW, {
    faults: [
      { kind: 'late-log-rows', ms: 4 * MINUTE },
      { kind: 'duplicate-log-rows', every: 2 },
    ],
  });
  const jobId = await world.submit();
  expect(logOf(await world.until(jobId, isSettled, HOUR))).toMatchObject({
    state: 'complete',
    generation: 2,
  });
  const { text, index } = await read(world, jobId, 2);
  expect(text).toBe('line 0\nline 1\nline 2\n');
  expect(index.gaps).toMatchObject([{ kind: 'not-provable' }]);
});

test('a line that is printed again at one instant stands once, marked', async () => {
  const world = await worldWith({ ...FEW, prints: [{ atMs: 100, text: 'first\ntick\ntick\nlast\n' }] });
  const jobId = await world.submit();
  expect(logOf(await world.until(jobId, isSettled, HOUR))).toMatchObject({ state: 'complete' });
  const { text, index } = await read(world, jobId, 2);
  expect(text).toBe('first\ntick\nlast\n');
  expect(index.gaps).toMatchObject([{ at: 'first\ntick\n'.length, kind: 'not-provable' }]);
});

test('a workspace that refuses for ever leaves the stream, with why and what to do', async () => {
  const world = await worldWith(FEW, {
    intercept: ({ url }) =>
      url.pathname.endsWith('/query')
        ? json(403, { error: { code: 'InsufficientAccessError', message: 'No access to the workspace.' } })
        : undefined,
  });
  const jobId = await world.submit();
  const job = await world.until(jobId, isSettled, 4 * HOUR);
  expect(job.outcome).toBe('Succeeded');
  expect(logOf(job)).toMatchObject({
    state: 'stream-only',
    why: expect.stringMatching(/HTTP 403.*Log Analytics Reader/s) as string,
  });
});

test('a placement without a workspace says so at once, and what to do', async () => {
  const world = await worldWith(FEW, { placement: {} });
  const job = await world.until(await world.submit(), isOver, HOUR);
  expect(logOf(job)).toMatchObject({
    state: 'stream-only',
    source: 'the log stream',
    why: expect.stringContaining('names no workspaceId') as string,
  });
});
