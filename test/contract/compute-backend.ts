// The contract of every compute backend, whatever its traits.
import type { WorkloadRef } from '../../domain/ports/compute-backend';
import { NEW_YEAR, testJobId } from '../support/rows';
import { describeBackendLogs } from './backend-logs';
import { describePreparation } from './backend-preparation';
import { type BackendStage, created, refOn, removedOn, shownOn, SPEC } from './backend-stage';

export function describeComputeBackend(name: string, make: () => BackendStage): void {
  describe(`${name} as a compute backend`, () => {
    // What may be asked of a backend is the same on every stage.
    const { facts, backend, preparing, noLogs } = make();
    let stage: BackendStage;
    beforeEach(() => {
      stage = make();
    });
    const ref = (n = 1, owner = 'owner1'): WorkloadRef => refOn(stage, n, owner);

    test('a workload that was never created is absent, and there is nothing to remove', async () => {
      expect(await stage.backend.observe(ref())).toEqual({ kind: 'absent' });
      expect(await stage.backend.remove(ref())).toEqual({
        sent: 'nothing',
        observation: { kind: 'absent' },
      });
    });

    test('a create is accepted, and its program runs to its end', async () => {
      expect(await created(stage, ref())).toEqual({ kind: 'accepted' });
      const first = await shownOn(stage, ref());
      expect(first.restartCount).toBe(0);
      // Where the platform says that the workload runs, its program may not yet.
      expect(first.started).not.toBe('yes');
      if (first.phase === 'running') expect(first.started).toBe('perhaps');
      expect(await stage.starts()).toBe(0);
      await stage.advance(stage.untilRunning);
      const running = await shownOn(stage, ref());
      expect(running).toMatchObject({ phase: 'running', started: 'yes' });
      expect(running.startedAt).toBeGreaterThan(0);
      await stage.advance(stage.runs);
      const ended = await shownOn(stage, ref());
      expect(ended).toMatchObject({ phase: 'ended', started: 'yes', exitCode: 0 });
      // Some platforms tell the start only as long as the program runs.
      const lasted = (ended.endedAt ?? 0) - (ended.startedAt ?? running.startedAt ?? 0);
      expect(Math.abs(lasted - stage.runs)).toBeLessThanOrEqual(stage.instantsWithin ?? 0);
      expect(ended.ranMoreThanOnce).toBeUndefined();
      expect([stage.creates(), await stage.starts()]).toEqual([1, 1]);
    });

    test('a second create while the first stands does what the traits say', async () => {
      await created(stage, ref());
      await stage.advance(stage.untilRunning);
      const second = await created(stage, ref());
      await stage.advance(stage.untilRunning);
      switch (facts.traits.repeatedCreate) {
        case 'refused':
          expect(second.kind).toBe('refused');
          expect(await stage.starts()).toBe(1);
          break;
        case 'restarts':
          expect(await stage.starts()).toBe(2);
          break;
        case 'runs-twice':
          expect(await stage.starts()).toBe(2);
          expect((await shownOn(stage, ref())).ranMoreThanOnce).toBe(true);
      }
    });

    test('a command replaces the image’s entrypoint, its args follow', async () => {
      await created(stage, ref(), { ...SPEC, command: ['train'], args: ['--epochs', '3'] });
      await stage.advance(stage.untilRunning);
      expect(await stage.commandLine()).toEqual(['train', '--epochs', '3']);
    });

    if (facts.traits.args === 'appends')
      test('args alone follow the image’s entrypoint', async () => {
        await created(stage, ref(), { ...SPEC, args: ['--epochs', '3'] });
        await stage.advance(stage.untilRunning);
        expect(await stage.commandLine()).toEqual([...stage.entrypoint, '--epochs', '3']);
      });

    test('a workload of another owner, job or attempt is foreign: not shown, not removed', async () => {
      await created(stage, ref(1, 'owner2'));
      await stage.advance(stage.untilRunning);
      for (const stranger of [
        ref(1, 'owner1'),
        { ...ref(1, 'owner2'), attempt: 2 },
        { ...ref(1, 'owner2'), jobId: testJobId(9) },
      ]) {
        expect(await stage.backend.observe(stranger)).toEqual({ kind: 'foreign' });
        expect(await stage.backend.remove(stranger)).toEqual({
          sent: 'nothing',
          observation: { kind: 'foreign' },
        });
      }
      expect(await shownOn(stage, ref(1, 'owner2'))).toMatchObject({ phase: 'running' });
    });

    test('a removal takes its steps at any moment, a delete among them, until the name is absent', async () => {
      for (const wait of [0, stage.untilRunning, stage.untilRunning + stage.runs]) {
        await created(stage, ref());
        await stage.advance(wait);
        const sent = await removedOn(stage, ref());
        expect(sent.at(-1)).toBe('delete');
        expect(await stage.backend.remove(ref())).toEqual({
          sent: 'nothing',
          observation: { kind: 'absent' },
        });
      }
    });

    test('what was removed never runs', async () => {
      await created(stage, ref());
      await removedOn(stage, ref());
      await stage.advance(stage.untilRunning);
      expect(await stage.starts()).toBe(0);
    });

    test('a list shows our workloads with the instants of their marks, and no others', async () => {
      await created(stage, ref(1));
      await created(stage, ref(2));
      await created(stage, ref(3, 'owner2'));
      const { workloads, serverTime } = await stage.backend.list('owner1');
      expect(workloads.toSorted((a, b) => (a.ref.name < b.ref.name ? -1 : 1))).toEqual(
        [ref(1), ref(2)].map((of) => ({ ref: of, createdAt: NEW_YEAR, expiresAt: NEW_YEAR + 61_000 })),
      );
      expect(serverTime).toBeGreaterThan(0);
    });

    test('a create that the service refuses as invalid is refused, sent at most once, and leaves nothing', async () => {
      const answer = await created(stage, ref(), stage.invalid);
      expect(answer.kind).toBe('refused');
      expect(stage.creates()).toBeLessThanOrEqual(1);
      expect(await stage.backend.observe(ref())).toEqual({ kind: 'absent' });
    });

    test('a create that the service refuses runs nothing, and what it leaves is removed', async () => {
      await stage.refuseCreates();
      expect((await created(stage, ref(), preparing?.spec, preparing?.secrets)).kind).toBe('refused');
      const left = preparing === undefined ? 'absent' : 'prepared';
      expect(await stage.backend.observe(ref())).toEqual({ kind: left });
      await removedOn(stage, ref());
      await stage.advance(stage.untilRunning);
      expect(await stage.starts()).toBe(0);
    });

    test('its quotas are names with a use and a limit', async () => {
      for (const { name: quota, used, limit } of await stage.backend.usages()) {
        expect(quota).not.toBe('');
        expect(used).toBeLessThanOrEqual(limit);
      }
    });

    describeBackendLogs(facts.traits.logs, () => stage, noLogs);
    test('a job whose create is two calls is tried where the backend has such', () => {
      expect(preparing === undefined).toBe(backend.prepare === undefined);
    });
    if (preparing !== undefined) describePreparation(() => stage, preparing);
  });
}
