// A start on Container Apps whose fate is not known, or that is refused or never sent: what is listed, what is given
// up, when the attempt counts as gone, and the one thing that may leak.
import { replicaTimeout } from '../../../backends/container-apps/replica-timeout';
import { deadlinesOf } from '../../../domain/spec/job-spec';
import { cancel } from '../../../jobs/job/cancel';
import type { Fault } from '../../../standins/container-apps/faults/fault';
import {
  type AppsWorld,
  createAppsWorld,
  HOUR,
  isGone,
  isOver,
  MINUTE,
} from '../../support/world/container-apps-world';
import { NEVER_ENDS } from '../../support/world/region';

const SECOND = 1_000;
/** The PUT of a definition takes 8 s; the start is sent then. */
const STARTED_BY = 10 * SECOND;
const NOTHING = { jobs: [], executions: [] };

const lostBeforeItsEffect: Fault = { kind: 'lost-answer', of: 'start', effect: false, count: 1 };
const late = (ms: number): Fault => ({ kind: 'late-start', ms, answer: 'lost', count: 1 });

/** How often the attempt's executions were listed. */
function lists({ stage }: AppsWorld, jobId: string): number {
  return stage.sent.filter((one) => one.startsWith('GET') && one.endsWith(`/${jobId}-1/executions`)).length;
}

describe('a start whose answer is lost', () => {
  test('and whose execution never appears is listed, not sent again, given up when its fate is certain, and its definition removed', async () => {
    const world = await createAppsWorld({ faults: [lostBeforeItsEffect], regions: { one: {} } });
    const jobId = await world.submit();
    await world.pass(STARTED_BY + 9 * MINUTE);
    expect(await world.view(jobId)).toMatchObject({ state: 'Provisioning', attempts: [{ number: 1 }] });
    expect(lists(world, jobId)).toBeGreaterThan(20);
    const job = await world.until(jobId, isGone, HOUR);
    expect(job).toMatchObject({
      outcome: 'Succeeded',
      attempts: [
        {
          placement: 'apps',
          cleanup: 'gone',
          reason: {
            code: 'given-up',
            class: 'infrastructure',
            message: expect.stringContaining('only what was prepared for it was shown') as unknown,
          },
        },
        { placement: 'one', exitCode: 0 },
      ],
    });
    expect(world.ledgerOf(jobId)).toMatchObject({ puts: 1, starts: 1, executions: [], programs: [] });
    expect(world.stage.standIn.left()).toEqual(NOTHING);
  });

  test('and that takes effect just under the time after which its fate is known runs as the attempt’s one program', async () => {
    const world = await createAppsWorld({ faults: [late(599 * SECOND)] });
    const jobId = await world.submit();
    expect(await world.until(jobId, isGone, HOUR)).toMatchObject({
      outcome: 'Succeeded',
      attempts: [{ number: 1, exitCode: 0 }],
    });
    const { starts, programs } = world.ledgerOf(jobId);
    expect([starts, programs.length]).toEqual([1, 1]);
    expect(world.stage.standIn.left()).toEqual(NOTHING);
  });

  test.each([22 * SECOND, 5 * MINUTE, 599 * SECOND])(
    'and that takes effect %i ms later, after a cancel, is shown by its definition and stopped before the delete',
    async (ms) => {
      const world = await createAppsWorld({
        faults: [late(ms)],
        script: () => NEVER_ENDS,
        switches: { deleteWhileRunning: 'leaves-executions' },
      });
      const jobId = await world.submit();
      await world.pass(20 * SECOND);
      await cancel(world.ports, jobId);
      await world.until(jobId, isOver, MINUTE);
      expect(await world.until(jobId, isGone, HOUR)).toMatchObject({ outcome: 'Canceled' });
      const { starts, executions } = world.ledgerOf(jobId);
      expect(starts).toBe(1);
      expect(executions).toMatchObject([{ status: 'Stopped' }]);
      expect(world.stage.standIn.left()).toEqual(NOTHING);
    },
  );

  test('leaves its definition alone until its fate is known, sweeps included, and then deletes it', async () => {
    const world = await createAppsWorld({ faults: [lostBeforeItsEffect] });
    const jobId = await world.submit();
    await world.pass(MINUTE);
    await cancel(world.ports, jobId);
    await world.until(jobId, isOver, MINUTE);
    await world.pass(8 * MINUTE);
    expect(world.stage.standIn.left().jobs).toHaveLength(1);
    expect(await world.view(jobId)).toMatchObject({ outcome: 'Canceled', cleanup: 'requested' });
    expect(await world.until(jobId, isGone, 5 * MINUTE)).toMatchObject({ outcome: 'Canceled' });
    expect(world.stage.standIn.left()).toEqual(NOTHING);
  });

  // The assumption that no source confirms (docs/facts/container-apps.md#late-start), broken: this is what leaks then.
  test('and that takes effect on a definition that somebody else deleted leaks one execution, unseen, until its replicaTimeout ends it', async () => {
    const deadlines = { provisioning: 600, pulling: 60, running: 600 };
    const world = await createAppsWorld({ faults: [late(5 * MINUTE)], script: () => NEVER_ENDS });
    const jobId = await world.submit({ deadlines });
    await world.pass(MINUTE);
    await cancel(world.ports, jobId);
    await world.until(jobId, isOver, MINUTE);
    expect(await world.byHand('DELETE', jobId)).toBe(202);
    await world.pass(6 * MINUTE);
    expect(world.stage.standIn.left()).toMatchObject({ jobs: [], executions: [expect.any(String)] });
    // The program runs, and the attempt is not called gone before the time after which a start's fate is known.
    expect(await world.view(jobId)).toMatchObject({ outcome: 'Canceled', cleanup: 'requested' });
    await world.until(jobId, isGone, 10 * MINUTE);
    const { intent, goneAt = 0 } = await world.row(jobId);
    if (intent.kind !== 'set') throw new Error('The attempt has no intent.');
    expect(goneAt - intent.at).toBeGreaterThanOrEqual(10 * MINUTE);
    await world.pass(2 * HOUR);
    const { executions, programs } = world.ledgerOf(jobId);
    const limitMs = replicaTimeout(deadlinesOf({ image: '', deadlines })) * SECOND;
    expect(executions).toMatchObject([{ status: 'Failed' }]);
    expect(programs.map(({ endedAt = 0 }) => endedAt)).toEqual([(executions[0]?.startedAt ?? 0) + limitMs]);
    expect(world.stage.standIn.left()).toEqual(NOTHING);
  });
});

describe('a definition', () => {
  test('that stays InProgress is never started: its provisioning deadline ends the attempt, and it is removed', async () => {
    const world = await createAppsWorld({ faults: [{ kind: 'stuck-put', count: 1 }], regions: { one: {} } });
    const jobId = await world.submit({ deadlines: { provisioning: 900 } });
    await world.pass(14 * MINUTE);
    expect(await world.view(jobId)).toMatchObject({ state: 'Provisioning', attempts: [{ number: 1 }] });
    expect(await world.until(jobId, isGone, HOUR)).toMatchObject({
      outcome: 'Succeeded',
      attempts: [
        { cleanup: 'gone', reason: { code: 'provisioning-deadline', class: 'infrastructure' } },
        { placement: 'one', exitCode: 0 },
      ],
    });
    expect(world.ledgerOf(jobId)).toMatchObject({ puts: 1, starts: 0, executions: [] });
    expect(world.stage.standIn.left()).toEqual(NOTHING);
  });

  test('that takes the longest time that was seen is waited for, and started once', async () => {
    const world = await createAppsWorld({ faults: [{ kind: 'slow-put', count: 1, ms: 215 * SECOND }] });
    const jobId = await world.submit();
    expect(await world.until(jobId, isGone, HOUR)).toMatchObject({
      outcome: 'Succeeded',
      attempts: [{ number: 1 }],
    });
    expect(world.ledgerOf(jobId)).toMatchObject({ puts: 1, starts: 1 });
  });

  test('whose PUT had no answer and no effect is put again with the same instants in its tags', async () => {
    const bodies: string[] = [];
    const world = await createAppsWorld({
      faults: [{ kind: 'lost-answer', of: 'put', effect: false, count: 2 }],
      intercept: ({ method, body }) => {
        if (method === 'PUT') bodies.push(body.toString());
        return undefined;
      },
    });
    const jobId = await world.submit();
    await world.until(jobId, isGone, HOUR);
    expect(bodies).toHaveLength(3);
    expect(new Set(bodies).size).toBe(1);
    expect(world.ledgerOf(jobId)).toMatchObject({ starts: 1, programs: [expect.anything()] });
  });

  test('that the platform fails is removed, and the next placement is tried', async () => {
    const world = await createAppsWorld({ faults: [{ kind: 'failed-put', count: 1 }], regions: { one: {} } });
    const jobId = await world.submit();
    expect(await world.until(jobId, isGone, HOUR)).toMatchObject({
      outcome: 'Succeeded',
      attempts: [{ reason: { code: 'refused', class: 'infrastructure' } }, { placement: 'one' }],
    });
    expect(world.ledgerOf(jobId)).toMatchObject({ puts: 1, starts: 0 });
    expect(world.stage.standIn.left()).toEqual(NOTHING);
  });
});

describe('after its preparation', () => {
  test('a job that is canceled is never started, and its definition is deleted before the attempt counts as gone', async () => {
    const world = await createAppsWorld({ faults: [{ kind: 'slow-put', count: 1, ms: 215 * SECOND }] });
    const jobId = await world.submit();
    await world.pass(MINUTE);
    expect(world.stage.standIn.left().jobs).toHaveLength(1);
    await cancel(world.ports, jobId);
    expect(await world.until(jobId, isGone, HOUR)).toMatchObject({ outcome: 'Canceled' });
    expect(world.cleanups(jobId)).toEqual(['none', 'due', 'requested', 'gone']);
    expect(world.ledgerOf(jobId)).toMatchObject({ puts: 1, starts: 0 });
    expect(world.stage.standIn.left()).toEqual(NOTHING);
  });

  test('a start that is refused leaves its definition due, never gone while it stands; the next placement is tried', async () => {
    const world = await createAppsWorld({ regions: { one: {} } });
    await world.stage.refuseCreates();
    const jobId = await world.submit();
    expect(await world.until(jobId, isGone, HOUR)).toMatchObject({
      outcome: 'Succeeded',
      attempts: [
        { placement: 'apps', cleanup: 'gone', reason: { code: 'refused', class: 'infrastructure' } },
        { placement: 'one', exitCode: 0 },
      ],
    });
    expect(world.cleanups(jobId)).toEqual(['none', 'due', 'requested', 'gone']);
    expect(world.ledgerOf(jobId)).toMatchObject({ puts: 1, executions: [] });
    expect(world.stage.standIn.left()).toEqual(NOTHING);
  });

  test('a definition that somebody deletes before its start is started by nobody: the next attempt runs', async () => {
    const world = await createAppsWorld({ faults: [{ kind: 'slow-put', count: 1, ms: 60 * SECOND }] });
    const jobId = await world.submit();
    await world.pass(30 * SECOND);
    expect(await world.byHand('DELETE', jobId)).toBe(202);
    const job = await world.until(jobId, isGone, HOUR);
    expect(job).toMatchObject({ outcome: 'Succeeded' });
    expect(world.stage.standIn.ledger().programs).toHaveLength(1);
    expect(world.stage.standIn.left()).toEqual(NOTHING);
  });
});
