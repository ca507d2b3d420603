// What happens to an execution on Container Apps besides its program's own end: a second one, a stop or a deletion by
// hand, a deadline of the platform's, and executions that say what is not so.
import { readLogs } from '../../../jobs/logs/read-logs';
import type { ContainerStart } from '../../../standins/containers/runtime';
import type { Script } from '../../../standins/containers/scripted';
import { NEW_YEAR } from '../../support/rows';
import {
  type AppsWorld,
  createAppsWorld,
  HOUR,
  isGone,
  MINUTE,
} from '../../support/world/container-apps-world';
import { awayWhile } from '../../support/world/dying-process';
import { NEVER_ENDS } from '../../support/world/region';

const SECOND = 1_000;
const NOTHING = { jobs: [], executions: [] };
const RUNS_A_MINUTE: Script = { prints: [{ atMs: 1, text: 'hello\n' }], exit: { atMs: MINUTE, code: 0 } };
/** The first program ends well, a second one never. */
const onlyFirstEnds = (): ((start: ContainerStart) => Script) => {
  let started = 0;
  return () => ((started += 1) === 1 ? RUNS_A_MINUTE : NEVER_ENDS);
};

async function running(world: AppsWorld, spec?: Parameters<AppsWorld['submit']>[0]): Promise<string> {
  const jobId = await world.submit(spec);
  await world.until(jobId, ({ state }) => state === 'Running', 2 * MINUTE);
  return jobId;
}

function firstExecution(world: AppsWorld, jobId: string): string {
  const [first] = world.ledgerOf(jobId).executions;
  if (first === undefined) throw new Error(`Job ${jobId} has no execution.`);
  return first.execution;
}

describe('a second execution', () => {
  const runOnce = async (world: AppsWorld, jobId: string): Promise<void> => {
    expect(await world.until(jobId, isGone, HOUR)).toMatchObject({
      outcome: 'Succeeded',
      attempts: [{ number: 1, exitCode: 0, ranMoreThanOnce: true }],
    });
    const { starts, executions } = world.ledgerOf(jobId);
    expect(starts).toBeGreaterThan(0);
    expect(executions.map(({ status }) => status)).toEqual(['Succeeded', 'Stopped']);
    expect(await world.logOf(jobId)).toBe('hello\n');
    expect(world.stage.standIn.left()).toEqual(NOTHING);
  };

  test('that the platform makes of one start is stopped, and the record tells of it; the first one is the job’s', async () => {
    const faults = [{ kind: 'second-execution', count: 1 }] as const;
    const world = await createAppsWorld({ faults, script: () => RUNS_A_MINUTE });
    await runOnce(world, await world.submit());
  });

  test('that somebody starts by hand is stopped, and the record tells of it; the first one is the job’s', async () => {
    const world = await createAppsWorld({ script: onlyFirstEnds() });
    const jobId = await running(world);
    expect(await world.byHand('POST', jobId, '/start')).toBe(200);
    await runOnce(world, jobId);
  });

  test('is never made beside one that somebody started by hand before us', async () => {
    const world = await createAppsWorld({ script: () => RUNS_A_MINUTE });
    const jobId = await world.submit();
    await world.pass(7 * SECOND);
    expect(await world.byHand('POST', jobId, '/start')).toBe(200);
    expect(await world.until(jobId, isGone, HOUR)).toMatchObject({ outcome: 'Succeeded', exitCode: 0 });
    expect(world.ledgerOf(jobId)).toMatchObject({ starts: 1, programs: [{ exitCode: 0 }] });
  });
});

describe('an execution', () => {
  test('that somebody stops by hand is lost: its job fails, and may be run again where the spec allows that', async () => {
    const world = await createAppsWorld({ script: () => NEVER_ENDS, regions: { one: {} } });
    const stopped = await running(world);
    await world.byHand('POST', stopped, `/executions/${firstExecution(world, stopped)}/stop`);
    expect(await world.until(stopped, isGone, HOUR)).toMatchObject({
      outcome: 'Failed',
      reason: { code: 'lost', class: 'infrastructure' },
      attempts: [{ placement: 'apps' }],
    });
    const again = await world.submit({ retry: { rerunAfterStart: true } }, 'again');
    await world.until(again, ({ state }) => state === 'Running', MINUTE);
    await world.byHand('POST', again, `/executions/${firstExecution(world, again)}/stop`);
    expect(await world.until(again, isGone, HOUR)).toMatchObject({
      outcome: 'Succeeded',
      attempts: [{ placement: 'apps', reason: { code: 'lost' } }, { placement: 'one' }],
    });
    expect(world.stage.standIn.left()).toEqual(NOTHING);
  });

  test.each(['stops-executions', 'leaves-executions'] as const)(
    'whose definition somebody deletes is lost, and runs on for no longer, where a delete %s',
    async (deleteWhileRunning) => {
      const world = await createAppsWorld({ switches: { deleteWhileRunning }, script: () => NEVER_ENDS });
      const jobId = await running(world);
      expect(await world.byHand('DELETE', jobId)).toBe(202);
      expect(await world.until(jobId, isGone, HOUR)).toMatchObject({
        outcome: 'Failed',
        reason: { code: 'lost', class: 'infrastructure' },
      });
      expect(world.ledgerOf(jobId)).toMatchObject({ starts: 1, executions: [{ status: 'Stopped' }] });
      expect(world.stage.standIn.left()).toEqual(NOTHING);
    },
  );

  test('that never leaves Processing ends at its provisioning deadline, is stopped, and leaves nothing', async () => {
    const world = await createAppsWorld({
      faults: [{ kind: 'stuck-processing', count: 1 }],
      regions: { one: {} },
    });
    // It may have started, for all that is told.
    const jobId = await world.submit({ deadlines: { provisioning: 900 }, retry: { rerunAfterStart: true } });
    await world.pass(14 * MINUTE);
    expect(await world.view(jobId)).toMatchObject({ state: 'Provisioning' });
    expect(await world.until(jobId, isGone, HOUR)).toMatchObject({
      outcome: 'Succeeded',
      attempts: [
        { placement: 'apps', reason: { code: 'provisioning-deadline', class: 'infrastructure' } },
        { placement: 'one' },
      ],
    });
    expect(world.ledgerOf(jobId)).toMatchObject({
      starts: 1,
      executions: [{ status: 'Stopped' }],
      programs: [],
    });
    expect(world.stage.standIn.left()).toEqual(NOTHING);
  });

  test('that says Running although its program has ended ends with the exit code of its container', async () => {
    const world = await createAppsWorld({ faults: [{ kind: 'stays-running', count: 1 }] });
    const jobId = await world.submit();
    expect(await world.until(jobId, isGone, HOUR)).toMatchObject({ outcome: 'Succeeded', exitCode: 0 });
    expect(world.now() - NEW_YEAR).toBeLessThan(10 * MINUTE);
    expect(await world.logOf(jobId)).toBe('hello\n');
    expect(world.stage.standIn.left()).toEqual(NOTHING);
  });

  test('that no list shows any more is lost; what it still runs, its replicaTimeout ends', async () => {
    const deadlines = { provisioning: 600, pulling: 60, running: 600 };
    const world = await createAppsWorld({ script: () => NEVER_ENDS });
    const jobId = await running(world, { deadlines });
    const execution = firstExecution(world, jobId);
    world.stage.standIn.inject({ kind: 'lost-execution', execution, programs: 'run-on', count: 1 });
    expect(await world.until(jobId, isGone, HOUR)).toMatchObject({
      outcome: 'Failed',
      reason: { code: 'lost' },
    });
    await world.pass(HOUR);
    const { starts, programs } = world.ledgerOf(jobId);
    expect(starts).toBe(1);
    expect(programs.map(({ endedAt = Infinity }) => endedAt < world.now())).toEqual([true]);
    expect(world.stage.standIn.left()).toEqual(NOTHING);
  });
});

describe('a runner that is gone', () => {
  const deadlines = { provisioning: 600, pulling: 60, running: 600 };
  /** Their sum, and ten minutes. */
  const REPLICA_TIMEOUT = 1_860 * SECOND;

  test('leaves no program running beyond the deadline of the platform; its job is TimedOut once the runner is back', async () => {
    let isGoneAway = false;
    const away = awayWhile(() => isGoneAway);
    const world = await createAppsWorld({ script: () => NEVER_ENDS, ...away });
    const jobId = await running(world, { deadlines });
    await world.until(jobId, ({ attempts }) => (attempts[0]?.logBytes ?? 0) > 0, MINUTE);
    isGoneAway = true;
    const asked = world.stage.sent.length;
    await world.runUntil(NEW_YEAR + 2_000 * SECOND);
    expect(world.stage.sent).toHaveLength(asked);
    const { executions, programs } = world.ledgerOf(jobId);
    expect(programs.map(({ endedAt = 0 }) => endedAt)).toEqual([
      (executions[0]?.startedAt ?? 0) + REPLICA_TIMEOUT,
    ]);
    expect(world.stage.standIn.left().executions).toEqual([]);
    isGoneAway = false;
    expect(await world.until(jobId, isGone, HOUR)).toMatchObject({
      outcome: 'TimedOut',
      reason: {
        code: 'running-deadline',
        message: expect.stringContaining('replicaTimeout') as unknown,
      },
    });
    // What was archived before stays, and the end that nobody shows any more is marked.
    const ref = { jobId, attempt: 1, container: 'program' };
    const log = await readLogs(world.ports.logArchive, ref, { from: 0, maxBytes: 100 });
    expect(log.bytes.toString()).toBe('hello\n');
    expect(log).toMatchObject({ final: true, gaps: [{ at: 6 }] });
    expect(world.stage.standIn.left()).toEqual(NOTHING);
  });
});
