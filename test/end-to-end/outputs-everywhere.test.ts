// One spec, unchanged on each backend of the local stack: it reads a volume, and what it writes to its outputs is
// listed and downloaded after its workload is gone. A second attempt is told the checkpoint of the first.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { z } from 'zod';

import { outputsPageSchema } from '../../api/outputs';
import { createProcessHost } from '../../cli/host';
import { runCli } from '../../cli/run-cli';
import { HOST_PROCESS_IMAGE } from '../../standins/containers/known-images';
import { LOCAL_PLACEMENT_NAMES } from '../../standins/stack/local-placements';
import { bootTestStack, isOverAndGone, type TestStack } from './support/test-stack';

/** The limit of one test, milliseconds. */
const RUNS_MS = 120_000;

let local: TestStack;
let shares: string;

beforeAll(async () => {
  local = await bootTestStack(
    (stateFolder) => {
      shares = join(stateFolder, 'shares/gpujobslocal');
      return { GPU_JOBS_KUBERNETES_PULL_MS: '100', GPU_JOBS_KUBERNETES_SCALE_UP_MS: '500' };
    },
    { kubernetes: true, containerApps: true },
  );
  await mkdir(join(shares, 'data'), { recursive: true });
  await writeFile(join(shares, 'data/in.txt'), 'read from a volume');
}, 60_000);

afterAll(() => local.stop());

async function outputsOf(id: string): Promise<z.infer<typeof outputsPageSchema>> {
  const answer = await fetch(`${local.stack.functionsUrl}/api/jobs/${id}/outputs`);
  return outputsPageSchema.parse(await answer.json());
}

async function contentOf(id: string, attempt: number, path: string): Promise<string> {
  const query = new URLSearchParams({ path });
  const answer = await fetch(
    `${local.stack.functionsUrl}/api/jobs/${id}/outputs/${attempt}/content?${query.toString()}`,
  );
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  return answer.text();
}

/** The command line in this process, against the local deployment; resolves to its exit code. */
function gpujobs(...args: readonly string[]): Promise<number> {
  const host = createProcessHost();
  const quiet = { write: () => true };
  const env = { GPUJOBS_URL: local.stack.functionsUrl };
  return runCli(args, { ...host, env, stdout: quiet, stderr: quiet, live: undefined, onKeys: undefined });
}

describe.each(LOCAL_PLACEMENT_NAMES)('on %s', (placement) => {
  test(
    'a program reads the volume, and its outputs outlive it',
    async () => {
      const id = await local.api.submit({
        image: HOST_PROCESS_IMAGE,
        command: [
          'sh',
          '-c',
          'mkdir "$GPU_JOBS_OUTPUT_DIR/model" && cp "$0" "$GPU_JOBS_OUTPUT_DIR/model/w.txt"',
          '/data/in.txt',
        ],
        volumes: [{ name: 'data', path: '/data' }],
        outputs: { path: '/outputs' },
        placements: [placement],
      });
      const job = await local.untilJob(id, isOverAndGone, 'over and gone', RUNS_MS);
      expect(job).toMatchObject({ state: 'Succeeded', exitCode: 0 });
      expect(await outputsOf(id)).toMatchObject({
        attempt: 1,
        state: 'listed',
        outputs: [{ path: 'model/w.txt', bytes: 18 }],
      });
      expect(await contentOf(id, 1, 'model/w.txt')).toBe('read from a volume');
      const folder = join(shares, '..', 'downloaded', placement);
      expect(await gpujobs('outputs', id, '--download', folder)).toBe(0);
      expect(await readFile(join(folder, 'model/w.txt'), 'utf8')).toBe('read from a volume');
    },
    RUNS_MS,
  );

  test(
    'the attempt after one that failed goes on from its last complete checkpoint, in a folder of its own',
    async () => {
      const program = [
        'set -e',
        'if [ -n "$GPU_JOBS_RESTORE_DIR" ]; then cp "$GPU_JOBS_RESTORE_DIR/step" "$GPU_JOBS_OUTPUT_DIR/step"; exit 0; fi',
        'for step in 1 2; do mkdir "$GPU_JOBS_CHECKPOINT_DIR/$step"; echo "step $step" > "$GPU_JOBS_CHECKPOINT_DIR/$step/step"; done',
        'touch "$GPU_JOBS_CHECKPOINT_DIR/1/.complete"',
        'exit 3',
      ].join('\n');
      const id = await local.api.submit({
        image: HOST_PROCESS_IMAGE,
        command: ['sh', '-c', program],
        outputs: { path: '/outputs' },
        checkpoints: { path: '/checkpoints' },
        retry: { attempts: 2, exitCodes: [3], rerunAfterStart: true },
        placements: [placement],
      });
      const job = await local.untilJob(id, isOverAndGone, 'over and gone', RUNS_MS);
      expect(job).toMatchObject({ state: 'Succeeded', exitCode: 0 });
      expect(await outputsOf(id)).toMatchObject({ attempt: 2, outputs: [{ path: 'step' }] });
      expect(await contentOf(id, 2, 'step')).toBe('step 1\n');
      const folder = join(shares, 'results/checkpoints', id);
      expect(await readFile(join(folder, '1/2/step'), 'utf8')).toBe('step 2\n');
    },
    RUNS_MS,
  );
});
