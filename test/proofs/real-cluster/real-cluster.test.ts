// `npm run real-cluster` on the stand-in as a process: what passes, what can't be run, and that nothing is left.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { z } from 'zod';

import { realCluster } from '../../../proofs/real-cluster/real-cluster';
import { HOST_PROCESS_IMAGE } from '../../../standins/containers/known-images';
import { compiled, REPOSITORY_ROOT } from '../../../standins/stack/repository-root';

const RUN_MS = 120_000;
const namespaces = z.object({ items: z.array(z.object({ metadata: z.object({ name: z.string() }) })) });

let state = '';
let cluster: ChildProcess | undefined;
let kubeconfig = '';

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'gpu-jobs-real-cluster-'));
  kubeconfig = join(state, 'kubeconfig.yaml');
  cluster = spawn(process.execPath, [compiled('standins/kubernetes/main')], {
    env: {
      PATH: process.env['PATH'],
      GPU_JOBS_KUBERNETES_PORT: '0',
      GPU_JOBS_LOCAL_STATE: state,
      GPU_JOBS_KUBERNETES_PULL_MS: '10',
      GPU_JOBS_KUBERNETES_NOTICE_MS: '10',
      GPU_JOBS_KUBERNETES_JOB_SYNC_MS: '10',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!cluster.stdout) throw new Error('The cluster has no output.');
  await once(createInterface({ input: cluster.stdout }), 'line');
});

afterAll(async () => {
  if (cluster?.exitCode === null && cluster.signalCode === null) {
    cluster.kill('SIGKILL');
    await once(cluster, 'exit');
  }
  await rm(state, { recursive: true, force: true });
});

/** Runs the command as npm does. Resolves to its exit code and all that it said. */
async function ran(...words: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  const program = ['--require', './proofs/register.js', 'proofs/real-cluster/main.ts'];
  const child = execFile(process.execPath, [...program, '--kubeconfig', kubeconfig, ...words], {
    cwd: REPOSITORY_ROOT,
  });
  const said: string[] = [];
  child.stdout?.on('data', (text) => said.push(String(text)));
  child.stderr?.on('data', (text) => said.push(String(text)));
  const [code] = z.tuple([z.number(), z.unknown()]).parse(await once(child, 'close'));
  return { code, said: said.join('') };
}

async function expectNothingLeft(): Promise<void> {
  const listed = await realCluster(kubeconfig).ask({ method: 'GET', path: '/api/v1/namespaces' });
  const names = namespaces.parse(listed).items.map(({ metadata }) => metadata.name);
  expect(names.filter((name) => name.startsWith('gpu-jobs-contract-'))).toEqual([]);
}

test(
  'a test of the suite passes by the server’s own refusal, and its namespace is gone afterwards',
  async () => {
    const name = 'a create that the service refuses runs nothing';
    const { code, said } = await ran('--image', HOST_PROCESS_IMAGE, '--only', name);
    expect(said).toContain(`✓ ${name}`);
    expect(said).toContain('Not tried here:');
    expect(code).toBe(0);
    await expectNothingLeft();
  },
  RUN_MS,
);

test(
  'an image that the cluster can’t pull is told as what keeps the suite from running, and nothing is left',
  async () => {
    const { code, said } = await ran('--image', 'registry.invalid/none:1');
    expect(said).toMatch(/The suite's program does not start: .+registry\.invalid/);
    expect(code).toBe(2);
    await expectNothingLeft();
  },
  RUN_MS,
);
