// What every compute backend keeps to, over a service whose time the test moves.
import type {
  ComputeBackend,
  CreateRequest,
  Observation,
  WorkloadRef,
} from '../../domain/ports/compute-backend';
import type { JobSpec } from '../../domain/spec/job-spec';
import { NEW_YEAR, testJobId } from '../support/rows';

export interface BackendStage {
  readonly backend: ComputeBackend;
  /** The same service as another deployment sees it: another owner's workloads stand beside ours. */
  readonly placement: string;
  /** Lets so many milliseconds pass. */
  readonly advance: (ms: number) => void;
  /** Long enough for a workload to be provisioned and pulled, milliseconds. */
  readonly untilRunning: number;
  /** How long its program then runs, milliseconds; it prints `hello` and exits 0. */
  readonly runs: number;
  /** Long enough for a delete to have its effect, milliseconds. */
  readonly untilGone: number;
  /** Creates that the service has been sent, whatever it answered. */
  readonly creates: () => number;
  /** Program starts that the service has seen. */
  readonly starts: () => number;
}

const SPEC: JobSpec = { image: 'example/program:1' };

export function describeComputeBackend(name: string, make: () => BackendStage): void {
  describe(`${name} as a compute backend`, () => {
    let stage: BackendStage;
    beforeEach(() => {
      stage = make();
    });

    function ref(n = 1, owner = 'owner1'): WorkloadRef {
      return {
        name: `${testJobId(n)}-1`,
        placement: stage.placement,
        owner,
        jobId: testJobId(n),
        attempt: 1,
      };
    }
    function request(of: WorkloadRef, spec = SPEC): CreateRequest {
      return {
        ref: of,
        spec,
        secrets: {},
        createdAt: NEW_YEAR + 999,
        expiresAt: NEW_YEAR + 60_001,
        timeoutMs: 10_000,
      };
    }
    const create = (of: WorkloadRef, spec = SPEC): ReturnType<ComputeBackend['create']> =>
      stage.backend.create(request(of, spec));
    async function shown(of: WorkloadRef): Promise<Extract<Observation, { kind: 'present' }>['workload']> {
      const observation = await stage.backend.observe(of);
      if (observation.kind !== 'present') throw new Error(`the workload is ${observation.kind}`);
      return observation.workload;
    }

    test('a workload that was never created is absent, and there is nothing to remove', async () => {
      expect(await stage.backend.observe(ref())).toEqual({ kind: 'absent' });
      expect(await stage.backend.remove(ref())).toEqual({
        sent: 'nothing',
        observation: { kind: 'absent' },
      });
    });

    test('a create is accepted, and its program runs to its end', async () => {
      expect(await create(ref())).toEqual({ kind: 'accepted' });
      expect(await shown(ref())).toMatchObject({ phase: 'provisioning', started: 'no', restartCount: 0 });
      stage.advance(stage.untilRunning);
      const running = await shown(ref());
      expect(running).toMatchObject({ phase: 'running', started: 'yes' });
      expect(running.startedAt).toBeGreaterThan(0);
      stage.advance(stage.runs);
      const ended = await shown(ref());
      expect(ended).toMatchObject({ phase: 'ended', started: 'yes', exitCode: 0 });
      expect((ended.endedAt ?? 0) - (ended.startedAt ?? 0)).toBe(stage.runs);
      expect([stage.creates(), stage.starts()]).toEqual([1, 1]);
    });

    test('the log is served while the program runs and after its end', async () => {
      await create(ref());
      stage.advance(stage.untilRunning);
      const running = await stage.backend.logs(ref());
      stage.advance(stage.runs);
      const ended = await stage.backend.logs(ref());
      for (const window of [running, ended])
        expect(window).toEqual({ kind: 'window', bytes: Buffer.from('hello\n'), whole: true });
    });

    test('a log that can not be had is a value that says why', async () => {
      const window = await stage.backend.logs(ref());
      expect(window.kind).toBe('unavailable');
      expect(window.kind === 'unavailable' ? window.why : '').not.toBe('');
    });

    test('a workload of another owner, job or attempt is foreign: not shown, not removed', async () => {
      await create(ref(1, 'owner2'));
      stage.advance(stage.untilRunning);
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
      expect(await shown(ref(1, 'owner2'))).toMatchObject({ phase: 'running' });
    });

    test('a removal deletes what is ours, at any moment, until its name is absent', async () => {
      for (const wait of [0, stage.untilRunning, stage.untilRunning + stage.runs]) {
        await create(ref());
        stage.advance(wait);
        expect(await stage.backend.remove(ref())).toMatchObject({
          sent: 'delete',
          observation: { kind: 'present' },
        });
        stage.advance(stage.untilGone);
        expect(await stage.backend.observe(ref())).toEqual({ kind: 'absent' });
      }
    });

    test('a list shows our workloads with the instants of their tags, and no one else', async () => {
      await create(ref(1));
      await create(ref(2));
      await create(ref(3, 'owner2'));
      const { workloads, serverTime } = await stage.backend.list('owner1');
      expect(workloads.toSorted((a, b) => (a.ref.name < b.ref.name ? -1 : 1))).toEqual(
        [ref(1), ref(2)].map((of) => ({ ref: of, createdAt: NEW_YEAR, expiresAt: NEW_YEAR + 61_000 })),
      );
      expect(serverTime).toBeGreaterThan(0);
    });

    test('a create that the service refuses as invalid is refused, sent once', async () => {
      const answer = await create(ref(), { ...SPEC, resources: { cpu: 500, memoryGb: 1 } });
      expect(answer.kind).toBe('refused');
      expect(stage.creates()).toBe(1);
      expect(await stage.backend.observe(ref())).toEqual({ kind: 'absent' });
    });
  });
}
