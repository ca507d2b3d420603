// What no source shows of the service, both ways: no promise rests on one side.
import type { Switches } from '../../../standins/container-apps/switches';
import { json } from '../../../standins/wire/handler';
import { created, prepared, refOn, removedOn, requestOf, shownOn } from '../../contract/backend-stage';
import { setContainerAppsStage } from './container-apps-stage';

const EITHER_WAY: readonly Partial<Switches>[] = [
  { endedDetail: 'absent', reasonAndMessage: 'absent', endTime: 'absent' },
  { endedDetail: 'absent', reasonAndMessage: 'absent', jobEvents: 'absent' },
  { endedDetail: 'empty', detailInGet: 'absent' },
  { startAnswer: 'accepted', stopAnswer: 'accepted' },
  { stopAnswer: 'text', stoppedEndTime: 'shown' },
  { deleteAnswer: 'azure-asyncoperation', jobNotFound: 'provider' },
  { pageSize: 1, executionOrder: 'oldest-first' },
  { deleteWhileRunning: 'leaves-executions', stopOfEnded: 'refused' },
  { writeDuringWrite: 'refused', startDuringWrite: 'refused', changeWhileRunning: 'stops-executions' },
  { runningState: 'absent', shownVariables: 'all', runtimeMark: 'removed' },
  { putRetryAfter: 5, imageCheck: 'at-put' },
];

describe('a job on Container Apps', () => {
  test.each(EITHER_WAY)(
    'runs once, ends with 0 and leaves nothing, where the service has %j',
    async (switches) => {
      const stage = setContainerAppsStage({ switches });
      const ref = refOn(stage);
      expect(await created(stage, ref)).toEqual({ kind: 'accepted' });
      await stage.advance(stage.untilRunning);
      expect(await shownOn(stage, ref)).toMatchObject({ phase: 'running', started: 'yes' });
      expect(await stage.backend.logs(ref)).toMatchObject({ bytes: Buffer.from('hello\n'), whole: true });
      await stage.advance(stage.runs);
      expect(await shownOn(stage, ref)).toMatchObject({ phase: 'ended', exitCode: 0 });
      expect(await removedOn(stage, ref)).toEqual(['delete']);
      expect(stage.standIn.left()).toEqual({ jobs: [], executions: [] });
      expect(stage.starts()).toBe(1);
    },
  );

  test('whose program ended otherwise than with 0 is not taken for a success where no code is told', async () => {
    const stage = setContainerAppsStage({
      switches: { endedDetail: 'absent', reasonAndMessage: 'absent', jobEvents: 'absent' },
      script: () => ({ prints: [], exit: { atMs: 1_000, code: 3 } }),
    });
    const ref = refOn(stage);
    await created(stage, ref);
    await stage.advance(stage.untilRunning + stage.runs);
    expect(await shownOn(stage, ref)).toMatchObject({ phase: 'ended', failure: { code: 'lost' } });
  });

  test('that was started a second time runs on as one: a look stops the younger and tells of it', async () => {
    const stage = setContainerAppsStage({ script: () => ({ prints: [] }) });
    const ref = refOn(stage);
    await created(stage, ref);
    await stage.advance(stage.untilRunning);
    await stage.backend.create(requestOf(ref));
    await stage.advance(stage.untilRunning);
    expect(await shownOn(stage, ref)).toMatchObject({ phase: 'running', ranMoreThanOnce: true });
    await stage.advance(stage.untilGone);
    expect(stage.standIn.left().executions).toHaveLength(1);
    expect(await shownOn(stage, ref)).toMatchObject({ phase: 'running', ranMoreThanOnce: true });
  });

  test('is stopped before its definition is deleted', async () => {
    const stage = setContainerAppsStage({ script: () => ({ prints: [] }) });
    const ref = refOn(stage);
    await created(stage, ref);
    await stage.advance(stage.untilRunning);
    expect(await removedOn(stage, ref)).toEqual(['stop', 'delete']);
    expect(stage.standIn.left()).toEqual({ jobs: [], executions: [] });
  });

  test('whose execution never ends is deleted all the same, two minutes after it was told to stop', async () => {
    const stage = setContainerAppsStage({
      script: () => ({ prints: [] }),
      intercept: ({ method, url }) =>
        method === 'POST' && url.pathname.endsWith('/stop') ? { status: 200 } : undefined,
    });
    const ref = refOn(stage);
    await created(stage, ref);
    await stage.advance(stage.untilRunning);
    const sent: string[] = [];
    for (let step = 0; step < 4; step += 1) {
      sent.push((await stage.backend.remove(ref)).sent);
      await stage.advance(60_000);
    }
    expect(sent).toEqual(['stop', 'stop', 'delete', 'nothing']);
    expect(await stage.backend.observe(ref)).toEqual({ kind: 'absent' });
  });

  test('whose stops did nothing for two minutes is told once more before its definition goes', async () => {
    let isIgnoring = true;
    const stage = setContainerAppsStage({
      script: () => ({ prints: [] }),
      switches: { deleteWhileRunning: 'leaves-executions' },
      intercept: ({ method, url }) =>
        isIgnoring && method === 'POST' && url.pathname.endsWith('/stop') ? { status: 200 } : undefined,
    });
    const ref = refOn(stage);
    await created(stage, ref);
    await stage.advance(stage.untilRunning);
    for (const sent of ['stop', 'stop']) {
      expect(await stage.backend.remove(ref)).toMatchObject({ sent });
      await stage.advance(60_000);
    }
    isIgnoring = false;
    expect(await stage.backend.remove(ref)).toMatchObject({ sent: 'delete' });
    await stage.advance(stage.untilGone);
    expect(stage.standIn.left()).toEqual({ jobs: [], executions: [] });
  });

  test('whose execution no list shows yet is stopped before its definition goes', async () => {
    const stage = setContainerAppsStage({
      script: () => ({ prints: [] }),
      switches: { deleteWhileRunning: 'leaves-executions' },
      intercept: ({ method, url }) =>
        method === 'GET' && url.pathname.endsWith('/executions') ? json(200, { value: [] }) : undefined,
    });
    const ref = refOn(stage);
    await created(stage, ref);
    await stage.advance(stage.untilRunning);
    expect(await removedOn(stage, ref)).toEqual(['delete']);
    await stage.advance(stage.untilGone);
    expect(stage.standIn.left()).toEqual({ jobs: [], executions: [] });
  });

  test('whose definition is still being made is not started by an earlier look', async () => {
    const stage = setContainerAppsStage();
    const request = requestOf(refOn(stage));
    expect(await stage.backend.prepare?.(request)).toEqual({ kind: 'not-yet' });
    expect(await stage.backend.prepare?.(request)).toEqual({ kind: 'not-yet' });
    expect(await prepared(stage, request)).toEqual({ kind: 'ready' });
    expect(stage.sent.filter((one) => one.startsWith('PUT'))).toHaveLength(1);
  });
});

describe('a start whose answer is lost', () => {
  test('has an unknown fate, and a look shows what became of it', async () => {
    let isLosing = false;
    const stage = setContainerAppsStage({
      intercept: ({ method, url }) => {
        if (!isLosing || method !== 'POST' || !url.pathname.endsWith('/start')) return undefined;
        return { status: 503 };
      },
    });
    const ref = refOn(stage);
    await prepared(stage, requestOf(ref));
    isLosing = true;
    expect(await stage.backend.create(requestOf(ref))).toMatchObject({ kind: 'unknown' });
    expect(stage.creates()).toBe(1);
    expect(await stage.backend.observe(ref)).toEqual({ kind: 'prepared' });
  });

  test('keeps its definition while it may still take effect, and what appears then is stopped before the delete', async () => {
    const stage = setContainerAppsStage({
      script: () => ({ prints: [] }),
      switches: { deleteWhileRunning: 'leaves-executions' },
    });
    const ref = refOn(stage);
    await prepared(stage, requestOf(ref));
    stage.standIn.inject({ kind: 'late-start', ms: 5_000, answer: 'lost', count: 1 });
    await stage.backend.create(requestOf(ref));
    const open = { mayStillAppear: true };
    expect(await stage.backend.remove(ref, open)).toEqual({
      sent: 'nothing',
      observation: { kind: 'prepared' },
    });
    await stage.advance(6_000);
    expect((await stage.backend.remove(ref, open)).sent).toBe('stop');
    await stage.advance(stage.untilGone);
    expect((await stage.backend.remove(ref, open)).sent).toBe('delete');
    await stage.advance(stage.untilGone);
    expect(stage.standIn.left()).toEqual({ jobs: [], executions: [] });
  });

  test('and that takes effect while its definition is being deleted is stopped by the next look', async () => {
    const stage = setContainerAppsStage({ script: () => ({ prints: [] }) });
    const ref = refOn(stage);
    await prepared(stage, requestOf(ref));
    stage.standIn.inject({ kind: 'late-start', ms: 5_000, answer: 'ok', count: 1 });
    await stage.backend.create(requestOf(ref));
    expect((await stage.backend.remove(ref)).sent).toBe('delete');
    await stage.advance(6_000);
    expect(stage.standIn.left().executions).toHaveLength(1);
    expect(await stage.backend.observe(ref)).toMatchObject({ kind: 'present' });
    await stage.advance(stage.untilGone);
    expect(stage.standIn.left()).toEqual({ jobs: [], executions: [] });
  });
});
