import { mountedOf } from '../../../domain/placement/mounts';
import type { NamedResources } from '../../../domain/placement/named-resources';

const ATTEMPT = { jobId: 'j1', attempt: 3 };
const SHARE = { url: 'https://account.file.core.windows.net/results' };
const PLACEMENT: NamedResources = {
  volumes: { models: { readOnly: true }, results: { share: SHARE }, fast: { share: SHARE } },
  outputs: { volume: 'results' },
};
const KEPT = { outputs: { path: '/out' }, checkpoints: { path: '/kept' } };

describe('what a workload mounts', () => {
  test('are the volumes of its spec, read-only where the spec or the placement says so', () => {
    const volumes = [
      { name: 'models', path: '/models' },
      { name: 'results', path: '/results' },
      { name: 'results', path: '/earlier', readOnly: true },
    ];
    expect(mountedOf({ volumes }, PLACEMENT, { subPath: true }, ATTEMPT)).toEqual({
      mounts: [
        { volume: 'models', path: '/models', readOnly: true },
        { volume: 'results', path: '/results', readOnly: false },
        { volume: 'results', path: '/earlier', readOnly: true },
      ],
      variables: {},
    });
  });

  test("are its own outputs and its job's checkpoints alone, where a mount may be a folder", () => {
    expect(mountedOf(KEPT, PLACEMENT, { subPath: true }, ATTEMPT)).toEqual({
      mounts: [
        { volume: 'results', path: '/out', readOnly: false, subPath: 'outputs/j1/3' },
        { volume: 'results', path: '/kept', readOnly: false, subPath: 'checkpoints/j1' },
      ],
      variables: { GPU_JOBS_OUTPUT_DIR: '/out', GPU_JOBS_CHECKPOINT_DIR: '/kept/3' },
    });
  });

  test('is the whole volume elsewhere, and the program is told its folder in it', () => {
    expect(mountedOf(KEPT, PLACEMENT, { subPath: false }, ATTEMPT)).toEqual({
      mounts: [
        { volume: 'results', path: '/out', readOnly: false },
        { volume: 'results', path: '/kept', readOnly: false },
      ],
      variables: {
        GPU_JOBS_OUTPUT_DIR: '/out/outputs/j1/3',
        GPU_JOBS_CHECKPOINT_DIR: '/kept/checkpoints/j1/3',
      },
    });
  });

  test('are checkpoints on the volume that is named for them', () => {
    const placement = { ...PLACEMENT, checkpoints: { volume: 'fast' } };
    const { mounts } = mountedOf(KEPT, placement, { subPath: true }, ATTEMPT);
    expect(mounts.map(({ volume }) => volume)).toEqual(['results', 'fast']);
  });
});
