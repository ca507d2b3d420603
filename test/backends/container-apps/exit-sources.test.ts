// Whose word an exit code, a start or a cause is, where the service shows little: each switch of what no source shows,
// through the genuine clients.
import { replicaTimeout } from '../../../backends/container-apps/replica-timeout';
import type { Workload } from '../../../domain/ports/compute-backend';
import { isOver } from '../../../standins/container-apps/executions/execution';
import type { Switches } from '../../../standins/container-apps/switches';
import type { Script } from '../../../standins/containers/scripted';
import { created, refOn, shownOn, SPEC } from '../../contract/backend-stage';
import {
  type ContainerAppsStage,
  setContainerAppsStage,
  STAGE_WORKSPACE,
  type StageParts,
} from './container-apps-stage';

const NOTHING_AFTER: Partial<Switches> = {
  endedDetail: 'absent',
  reasonAndMessage: 'absent',
  replicasAfterEnd: 'gone',
  streamAfterEnd: 'gone',
};
const NO_EVENTS: Partial<Switches> = { ...NOTHING_AFTER, jobEvents: 'absent' };
const WITH_WORKSPACE: StageParts = { placement: { workspaceId: STAGE_WORKSPACE } };

const ends = (code: number): Pick<StageParts, 'script'> => ({
  script: (): Script => ({ prints: [], exit: { atMs: 1_000, code } }),
});

/** From its start until a job that runs a second is over. */
const UNTIL_OVER = 16_000;

async function over(parts: StageParts): Promise<ContainerAppsStage> {
  const stage = setContainerAppsStage(parts);
  await created(stage, refOn(stage));
  await stage.advance(UNTIL_OVER);
  return stage;
}

async function ended(parts: StageParts): Promise<Workload> {
  const stage = await over(parts);
  return shownOn(stage, refOn(stage));
}

const unreadable = { kind: 'unreadable' };

describe('the exit code of a program that failed', () => {
  test.each<Partial<Switches>>([{}, { detailInGet: 'absent' }, { reasonAndMessage: 'absent' }])(
    'is its container’s where that is shown (%j), and nothing else is asked',
    async (switches) => {
      const stage = await over({ switches, ...ends(7) });
      const shown = await shownOn(stage, refOn(stage));
      expect(shown).toMatchObject({ phase: 'ended', started: 'yes', exitCode: 7 });
      expect(shown).not.toHaveProperty('exitSource');
      expect(stage.sent.filter((one) => one.endsWith('/eventstream'))).toEqual([]);
    },
  );

  test.each<Partial<Switches>>([
    { endedDetail: 'empty' },
    { endedDetail: 'absent' },
    { endedDetail: 'absent', reasonAndMessage: 'absent' },
    NOTHING_AFTER,
  ])('is by the platform’s log where its container shows none (%j)', async (switches) => {
    expect(await ended({ switches, ...ends(7) })).toMatchObject({
      phase: 'ended',
      started: 'yes',
      exitCode: 7,
      exitSource: 'platform-log',
      exitDetail: 'ProcessExited',
    });
  });

  test.each(['Error', 'OOMKilled'] as const)(
    'of a kill for memory is 137 whatever the word is (%s), and the platform’s log does not say memory',
    async (outOfMemoryWord) => {
      const script = (): Script => ({ prints: [], exit: { atMs: 1_000, code: 137 }, outOfMemory: true });
      expect(await ended({ switches: { outOfMemoryWord }, script })).toMatchObject({
        exitCode: 137,
        exitDetail: outOfMemoryWord,
      });
      expect(await ended({ switches: { outOfMemoryWord, ...NOTHING_AFTER }, script })).toMatchObject({
        exitCode: 137,
        exitDetail: 'ProcessExited',
        exitSource: 'platform-log',
      });
    },
  );

  test('is by the workspace’s rows where there is no event stream: the look waits for them, half a minute at most', async () => {
    const stage = await over({ switches: NO_EVENTS, ...WITH_WORKSPACE, ...ends(7) });
    expect(await stage.backend.observe(refOn(stage))).toMatchObject(unreadable);
    await stage.advance(25_000);
    expect(await shownOn(stage, refOn(stage))).toMatchObject({ exitCode: 7, exitSource: 'platform-log' });
  });

  test('is lost where the rows come too late', async () => {
    const stage = setContainerAppsStage({ switches: NO_EVENTS, ...WITH_WORKSPACE, ...ends(7) });
    stage.standIn.inject({ kind: 'late-log-rows', ms: 300_000 });
    await created(stage, refOn(stage));
    await stage.advance(UNTIL_OVER);
    expect(await stage.backend.observe(refOn(stage))).toMatchObject(unreadable);
    await stage.advance(30_000);
    expect(await shownOn(stage, refOn(stage))).toMatchObject({ phase: 'ended', failure: { code: 'lost' } });
  });

  test.each<[string, number, object]>([
    ['is waited for', 10_000, { exitCode: 42, started: 'yes', exitSource: 'platform-log' }],
    ['comes too late', 300_000, { started: 'perhaps', failure: { code: 'lost', class: 'infrastructure' } }],
  ])(
    'after a pull that failed at first %s like any other: that trouble was not its end',
    async (_, ms, end) => {
      let tries = 0;
      const stage = setContainerAppsStage({
        switches: NO_EVENTS,
        ...WITH_WORKSPACE,
        ...ends(42),
        standingOf: () => ((tries += 1) === 1 ? { kind: 'unpullable', why: 'denied' } : { kind: 'known' }),
      });
      const ref = refOn(stage);
      await created(stage, ref);
      while (tries === 0) await stage.advance(1_000);
      stage.standIn.inject({ kind: 'late-log-rows', ms });
      while (!stage.standIn.state.executions.some(isOver)) await stage.advance(1_000);
      expect(await stage.backend.observe(ref)).toMatchObject(unreadable);
      await stage.advance(30_000);
      expect(await shownOn(stage, ref)).toMatchObject({ phase: 'ended', ...end });
    },
  );

  test.each<[string, StageParts]>([
    ['no workspace is named', { switches: NO_EVENTS }],
    ['its end has no time', { switches: { ...NO_EVENTS, endTime: 'absent' }, ...WITH_WORKSPACE }],
  ])('is lost at once where nothing tells it and %s', async (_, parts) => {
    expect(await ended({ ...parts, ...ends(7) })).toMatchObject({
      phase: 'ended',
      failure: { code: 'lost' },
    });
  });

  test('of the first execution is not taken from a second one’s rows', async () => {
    let starts = 0;
    const stage = setContainerAppsStage({
      switches: NOTHING_AFTER,
      script: () => ({ prints: [], exit: { atMs: 1_000, code: (starts += 1) === 1 ? 3 : 4 } }),
    });
    const ref = refOn(stage);
    await created(stage, ref);
    await stage.advance(1_000);
    await created(stage, ref);
    await stage.advance(2 * UNTIL_OVER);
    expect(await shownOn(stage, ref)).toMatchObject({ exitCode: 3, ranMoreThanOnce: true });
  });
});

describe('an execution that the platform ended at its deadline', () => {
  test.each<Partial<Switches>>([
    { endedDetail: 'absent' },
    { reasonAndMessage: 'absent' },
    { reasonAndMessage: 'absent', endTime: 'absent', jobEvents: 'absent' },
    { reasonAndMessage: 'absent', endedDetail: 'absent' },
  ])('has timed out by whichever word tells it (%j)', async (switches) => {
    const stage = setContainerAppsStage({ switches, script: () => ({ prints: [] }) });
    const ref = refOn(stage);
    const deadlines = { queued: 60, provisioning: 60, pulling: 60, running: 60, archiving: 60 };
    await created(stage, ref, { ...SPEC, deadlines });
    await stage.advance(UNTIL_OVER + 1_000 * replicaTimeout(deadlines));
    expect(await shownOn(stage, ref)).toMatchObject({
      phase: 'ended',
      failure: { code: 'running-deadline' },
    });
  });
});

describe('an execution that succeeded', () => {
  test('ended with 0 by the platform’s log, or by its status alone', async () => {
    expect(await ended({ switches: NOTHING_AFTER, ...ends(0) })).toMatchObject({
      exitCode: 0,
      exitSource: 'platform-log',
    });
    const alone = { phase: 'ended', exitCode: 0, exitSource: 'status-alone' };
    expect(await ended({ switches: NO_EVENTS, ...ends(0) })).toMatchObject(alone);
  });

  test('waits for no workspace: its status says all', async () => {
    const stage = await over({ switches: NO_EVENTS, ...WITH_WORKSPACE, ...ends(0) });
    expect(await shownOn(stage, refOn(stage))).toMatchObject({ exitCode: 0, exitSource: 'status-alone' });
    expect(stage.sent.filter((one) => one.endsWith('/query'))).toEqual([]);
  });
});

describe('an execution that runs', () => {
  const withoutReplicas: Pick<StageParts, 'intercept'> = {
    intercept: ({ url }) => (url.pathname.endsWith('/replicas') ? { status: 503 } : undefined),
  };
  const NEVER_ENDS: Pick<StageParts, 'script'> = { script: () => ({ prints: [] }) };

  test('has started by the platform’s log where no replica says so', async () => {
    const stage = setContainerAppsStage({
      ...NEVER_ENDS,
      ...withoutReplicas,
      way: (service) => async (request) => {
        const answer = await service(request);
        const text = answer.body?.toString() ?? '';
        const body = text.replaceAll('"detailedStatus"', '"detailedStatusOfOldVersions"');
        return answer.body === undefined ? answer : { ...answer, body };
      },
    });
    const ref = refOn(stage);
    await created(stage, ref);
    await stage.advance(2_000);
    expect(await shownOn(stage, ref)).toMatchObject({ phase: 'pulling', started: 'no' });
    await stage.advance(stage.untilRunning);
    expect(await shownOn(stage, ref)).toMatchObject({ phase: 'running', started: 'yes' });
  });

  test('tells why its image does not come in the registry’s words, which no replica has', async () => {
    const stage = setContainerAppsStage({
      ...NEVER_ENDS,
      standingOf: () => ({ kind: 'unpullable', why: 'repository does not exist' }),
    });
    const ref = refOn(stage);
    await created(stage, ref, { ...SPEC, image: 'example/none:1' });
    await stage.advance(10_000);
    expect(await shownOn(stage, ref)).toMatchObject({ startTrouble: { code: 'image-not-found' } });
  });

  test('waits for a machine by the platform’s log alone', async () => {
    const stage = setContainerAppsStage(NEVER_ENDS);
    stage.standIn.inject({ kind: 'capacity', profileType: 'Consumption-GPU-NC8as-T4', gpus: 0 });
    const ref = refOn(stage);
    await created(stage, ref, { ...SPEC, gpu: { count: 1, sku: 'T4' } });
    await stage.advance(10_000);
    expect(await shownOn(stage, ref)).toMatchObject({ phase: 'provisioning', lacking: { code: 'capacity' } });
  });

  test('is read without the event stream where that is refused, with a new token each time', async () => {
    const stage = setContainerAppsStage({
      ...NEVER_ENDS,
      intercept: ({ url }) => (url.pathname.endsWith('/eventstream') ? { status: 401 } : undefined),
    });
    const ref = refOn(stage);
    await created(stage, ref);
    await stage.advance(2_000);
    expect(await shownOn(stage, ref)).toMatchObject({ phase: 'pulling', started: 'no' });
    expect(await shownOn(stage, ref)).toMatchObject({ phase: 'pulling', started: 'no' });
    expect(stage.sent.filter((one) => one.endsWith('/getAuthToken'))).toHaveLength(2);
  });
});
