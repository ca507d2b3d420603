// The contract of backends on data: what of its placement's volumes a program finds and where, what it may write, who
// it is, and where it starts.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { mountedOf } from '../../domain/placement/mounts';
import type { Placement } from '../../domain/placement/placement';
import type { WorkloadRef } from '../../domain/ports/compute-backend';
import type { JobSpec } from '../../domain/spec/job-spec';
import { refusal } from '../../domain/spec/preflight';
import { mountedFolder } from '../../standins/containers/mounted-paths';
import type { ContainerStart } from '../../standins/containers/runtime';
import { LOCAL_ACCOUNT } from '../../standins/files/local-account';
import { type BackendStage, prepared, refOn, removedOn, requestOf, SPEC } from './backend-stage';

/**
 * Its placement offers the volumes `results`, where outputs are kept, and `data`, which is read-only, each on the share
 * of its name, and the identity `trainer`.
 */
export interface DataStage extends BackendStage {
  readonly offers: Placement;
  /** The keys of shares by volume, where a create brings them. */
  readonly volumeKeys: Readonly<Record<string, string>>;
  /** Each program as it was started, in order. */
  readonly started: readonly ContainerStart[];
  /** As whom the service runs the workload's program. */
  readonly identityOf: (name: string) => Promise<string | undefined>;
  /** What that is for `trainer`. */
  readonly trainer: string;
  /** The client id that a program finds as `trainer`. */
  readonly clientId: string;
}

/** `make` is given a folder of this machine: its `shares` has `ACCOUNT/SHARE`, the rest is the service's own. */
export function describeBackendData(make: (folder: string) => DataStage): void {
  describe('what a program finds', () => {
    let folder: string;
    let stage: DataStage;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'gpu-jobs-data-'));
      for (const share of ['results', 'data']) mkdirSync(shareAt(share), { recursive: true });
      stage = make(folder);
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    const shareAt = (share: string): string => join(folder, 'shares', LOCAL_ACCOUNT, share);

    /** As the product makes it, the folders of outputs and checkpoints included; returns its program. */
    const run = async (more: Partial<JobSpec>, n = 1, attempt = 1): Promise<ContainerStart> => {
      const answer = await create(more, refFor(n, attempt));
      expect(answer.kind).toBe('accepted');
      await stage.advance(stage.untilRunning);
      const start = stage.started.at(-1);
      if (start === undefined) throw new Error('No program was started.');
      return start;
    };
    const refFor = (n: number, attempt: number): WorkloadRef => {
      const ref = refOn(stage, n);
      return { ...ref, attempt, name: `${ref.jobId}-${attempt}` };
    };
    const create = async (more: Partial<JobSpec>, ref: WorkloadRef) => {
      const spec = { ...SPEC, ...more };
      const of = { jobId: ref.jobId, attempt: ref.attempt };
      const { mounts, variables } = mountedOf(spec, stage.offers, stage.facts.traits, of);
      for (const kept of ['outputs', 'checkpoints'])
        mkdirSync(join(shareAt('results'), kept, ref.jobId, String(ref.attempt)), { recursive: true });
      const told = { variables, secrets: {} };
      const request = { ...requestOf(ref, spec), mounts, volumeKeys: stage.volumeKeys, told };
      await stage.advance(1_000);
      const preparation = await prepared(stage, request);
      return preparation?.kind === 'refused' ? preparation : stage.backend.create(request);
    };

    test('volumes are whole shares, and one that is read-only can’t be written', async () => {
      const { mounts } = await run({
        volumes: [
          { name: 'results', path: '/kept' },
          { name: 'data', path: '/data' },
        ],
      });
      expect(mounts).toEqual(
        expect.arrayContaining([
          { path: '/kept', folder: shareAt('results'), readOnly: false },
          { path: '/data', folder: shareAt('data'), readOnly: true },
        ]),
      );
    });

    test('a volume that the job wants for reading alone is that, or the placement refuses the job', async () => {
      const volumes = [{ name: 'results', path: '/look', readOnly: true }];
      const why = refusal({ image: SPEC.image, volumes }, stage.offers, stage.facts);
      if (why === undefined)
        expect((await run({ volumes })).mounts).toEqual([
          { path: '/look', folder: shareAt('results'), readOnly: true },
        ]);
      else expect(why).toContain('can\'t mount volume "results" for reading alone');
    });

    test('its variables lead to the attempt’s own folders of outputs and checkpoints', async () => {
      const { mounts, environment } = await run({
        outputs: { path: '/out' },
        checkpoints: { path: '/saved' },
      });
      const at = (variable: string): string | undefined => mountedFolder(environment[variable] ?? '', mounts);
      const { jobId } = refOn(stage);
      expect(at('GPU_JOBS_OUTPUT_DIR')).toBe(join(shareAt('results'), 'outputs', jobId, '1'));
      expect(at('GPU_JOBS_CHECKPOINT_DIR')).toBe(join(shareAt('results'), 'checkpoints', jobId, '1'));
    });

    test('a later attempt finds the checkpoints of an earlier one beside its own', async () => {
      await run({ checkpoints: { path: '/saved' } }, 1, 1);
      const { mounts, environment } = await run({ checkpoints: { path: '/saved' } }, 1, 2);
      const own = environment['GPU_JOBS_CHECKPOINT_DIR'] ?? '';
      const before = join(shareAt('results'), 'checkpoints', refOn(stage).jobId, '1');
      expect(mountedFolder(join(dirname(own), '1'), mounts)).toBe(before);
      expect(mountedFolder(own, mounts)).not.toBe(before);
    });

    test('scratch is the workload’s own, and gone with it', async () => {
      const { memory } = stage.facts.traits.scratch;
      const scratch = [{ path: '/work' }, ...(memory ? [{ path: '/dev/shm', memory }] : [])];
      const first = await run({ scratch }, 1);
      const second = await run({ scratch }, 2);
      const folders = [first, second].flatMap(({ mounts = [] }) =>
        scratch.map(({ path }) => mountedFolder(path, mounts) ?? 'none'),
      );
      expect(new Set(folders).size).toBe(2 * scratch.length);
      for (const one of folders) expect(existsSync(one)).toBe(true);
      await removedOn(stage, refOn(stage, 1));
      expect(folders.map((one) => existsSync(one))).toEqual([
        ...scratch.map(() => false),
        ...scratch.map(() => true),
      ]);
    });

    test('its identity is the one that the placement names, by the client id that it is told', async () => {
      const { environment } = await run({ identity: 'trainer' });
      // Azure shows ids in any case.
      const identity = await stage.identityOf(refOn(stage).name);
      expect(identity?.toLowerCase()).toBe(stage.trainer.toLowerCase());
      expect(environment['AZURE_CLIENT_ID']).toBe(stage.clientId);
    });

    test('it has no identity that it does not name', async () => {
      const { environment } = await run({});
      expect(await stage.identityOf(refOn(stage).name)).toBeUndefined();
      expect(environment['AZURE_CLIENT_ID']).toBeUndefined();
    });

    test('it starts in the directory that its spec names, or the placement refuses the job', async () => {
      const workingDir = '/workspace';
      if (stage.facts.traits.workingDir) expect((await run({ workingDir })).workingDir).toBe(workingDir);
      else
        expect(refusal({ image: SPEC.image, workingDir }, stage.offers, stage.facts)).toContain(
          `let the command change into ${workingDir}`,
        );
    });

    test.each<[string, Partial<JobSpec>]>([
      ['a volume', { volumes: [{ name: 'gone', path: '/gone' }] }],
      ['an identity', { identity: 'gone' }],
    ])('%s that the placement offers no more is refused, and nothing is sent', async (_, spec) => {
      expect((await create(spec, refOn(stage))).kind).toBe('refused');
      await stage.advance(stage.untilRunning);
      expect([stage.creates(), await stage.starts(), stage.started]).toEqual([0, 0, []]);
    });
  });
}
