// Jobs on the local cluster that read a volume, leave results on another and have scratch in memory; and public
// manifests that ask for shared memory and for eight GPUs, unchanged.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { HOST_PROCESS_IMAGE } from '../../standins/containers/known-images';
import { kubeconfigFile } from '../../standins/kubernetes/process-settings';
import { localClusterPlacement } from '../../standins/stack/local-placements';
import { bootTestStack, isOverAndGone, type TestStack } from './support/test-stack';

const DOCUMENTS = join(__dirname, '../fixtures/documents');
/** The limit of one test, milliseconds. */
const RUNS_MS = 120_000;

let local: TestStack;
let shares: string;

beforeAll(async () => {
  local = await bootTestStack(
    (stateFolder) => {
      shares = join(stateFolder, 'shares/gpujobslocal');
      return {
        GPU_JOBS_PLACEMENTS: JSON.stringify([localClusterPlacement(kubeconfigFile(stateFolder))]),
        // What the manifests' image would do: it uses its shared memory.
        GPU_JOBS_LOCAL_IMAGES: JSON.stringify({
          'example/finetune': ['sh', '-c', 'mkdir -p /dev/shm && echo tuned >/dev/shm/x && cat /dev/shm/x'],
        }),
        GPU_JOBS_KUBERNETES_PULL_MS: '100',
        GPU_JOBS_KUBERNETES_SCALE_UP_MS: '500',
      };
    },
    { kubernetes: true },
  );
}, 60_000);

afterAll(() => local.stop());

const submitted = z.object({ id: z.string() });

async function submit(body: string): Promise<string> {
  const answer = await fetch(`${local.stack.functionsUrl}/api/jobs`, { method: 'POST', body });
  const text = await answer.text();
  if (answer.status !== 202) throw new Error(`The job was refused: ${text}`);
  return submitted.parse(JSON.parse(text)).id;
}

test(
  'a program reads the volume that its spec names and leaves results on another',
  async () => {
    await mkdir(join(shares, 'data'), { recursive: true });
    await writeFile(join(shares, 'data/in.txt'), '42');
    const id = await submit(
      JSON.stringify({
        image: HOST_PROCESS_IMAGE,
        command: [
          'sh',
          '-c',
          'cp /data/in.txt /dev/shm/ && cp /dev/shm/in.txt /results/out.txt && test -s "$AZURE_FEDERATED_TOKEN_FILE"',
        ],
        identity: 'trainer',
        volumes: [
          { name: 'data', path: '/data' },
          { name: 'results', path: '/results' },
        ],
        scratch: [{ path: '/dev/shm', memory: true, sizeGb: 0.1 }],
      }),
    );
    const job = await local.untilJob(id, isOverAndGone, 'over and gone', RUNS_MS);
    expect(job).toMatchObject({ state: 'Succeeded', exitCode: 0 });
    expect(await readFile(join(shares, 'results/out.txt'), 'utf8')).toBe('42');
  },
  RUNS_MS,
);

test.each([
  ['shared memory', 'shared-memory-job.yaml', 1],
  ['eight GPUs', 'eight-gpus-job.yaml', 8],
])(
  'a manifest that asks for %s runs unchanged',
  async (_what, file, gpus) => {
    const id = await submit(await readFile(join(DOCUMENTS, file), 'utf8'));
    const job = await local.untilJob(id, isOverAndGone, 'over and gone', RUNS_MS);
    expect(job).toMatchObject({ state: 'Succeeded', exitCode: 0, gpu: { count: gpus } });
  },
  RUNS_MS,
);

test('a volume that no placement offers is refused at once, by its name', async () => {
  const volumes = [{ name: 'models', path: '/models' }];
  await expect(submit(JSON.stringify({ image: HOST_PROCESS_IMAGE, volumes }))).rejects.toThrow(
    /offers no volume \\"models\\" \(it offers results, data\)/,
  );
});
