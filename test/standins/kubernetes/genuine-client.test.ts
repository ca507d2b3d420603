// Kubernetes' own client for Node follows a Job on the cluster as a process, by the kubeconfig that it writes.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { z } from 'zod';

import { jobManifest } from '../../../manifests/job-manifest';
import { compiled } from '../../../standins/stack/repository-root';
import { inPlainNode } from '../../support/plain-node';

let state = '';
let cluster: ChildProcess;

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'gpu-jobs-genuine-client-'));
  const started = spawn(process.execPath, [compiled('standins/kubernetes/main')], {
    env: {
      PATH: process.env['PATH'],
      GPU_JOBS_KUBERNETES_PORT: '0',
      GPU_JOBS_LOCAL_STATE: state,
      GPU_JOBS_KUBERNETES_PULL_MS: '10',
      GPU_JOBS_KUBERNETES_NOTICE_MS: '10',
      GPU_JOBS_KUBERNETES_JOB_SYNC_MS: '10',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  cluster = started;
  await once(createInterface({ input: started.stdout }), 'line');
});

afterAll(async () => {
  if (cluster.exitCode === null && cluster.signalCode === null) {
    cluster.kill('SIGKILL');
    await once(cluster, 'exit');
  }
  await rm(state, { recursive: true, force: true });
});

test('it asks for rights, creates, watches, follows the log, applies, lists, deletes and finds nothing left', async () => {
  const life = await inPlainNode({
    module: 'test/standins/kubernetes/genuine-client.ts',
    name: 'lifeByGenuineClient',
    argument: join(state, 'kubeconfig.yaml'),
    answer: z.record(z.string(), z.unknown()),
    limitMs: 60_000,
  });
  const { phases, ...answers } = life;
  expect(answers).toEqual({
    mayCreate: true,
    created: 'genuine',
    log: 'a\nb\n',
    completed: 'True',
    appliedLabels: expect.objectContaining({ applied: 'yes', by: 'genuine-client' }) as unknown,
    listed: ['genuine'],
    gone: 404,
    podsLeft: 0,
  });
  expect(phases).toEqual(
    expect.arrayContaining(['ADDED Pending', 'MODIFIED Running', 'MODIFIED Succeeded', 'DELETED Succeeded']),
  );
}, 90_000);

test('it makes a Job with volumes, scratch and an identity, as the product writes it, and reads the claims', async () => {
  const spec = {
    image: 'gpu-jobs.local/host-process',
    command: ['sh', '-c', 'echo done >/dev/shm/x && cp /dev/shm/x /results/by-genuine-client'],
    scratch: [{ path: '/dev/shm', memory: true, sizeGb: 1 }],
  };
  const job = jobManifest(
    spec,
    { podSecurity: 'baseline' },
    {
      name: 'mounts',
      labels: {},
      annotations: {},
      environment: {},
      livesS: 3_600,
      secretOf: (key) => ({ name: 'none', key }),
      pullSecrets: [],
      identity: { serviceAccount: 'trainer' },
      mounts: [
        {
          volume: 'results',
          source: { persistentVolumeClaim: { claimName: 'results' } },
          path: '/results',
          subPath: 'outputs/1',
        },
      ],
    },
  );
  const seen = await inPlainNode({
    module: 'test/standins/kubernetes/genuine-client.ts',
    name: 'mountsByGenuineClient',
    argument: { kubeconfig: join(state, 'kubeconfig.yaml'), job: JSON.stringify(job) },
    answer: z.record(z.string(), z.unknown()),
    limitMs: 60_000,
  });
  expect(seen).toEqual({
    succeeded: 1,
    claims: ['data Bound', 'results Bound'],
    client: '00000000-0000-0000-0000-0000000000c1',
  });
  const written = join(state, 'shares/gpujobslocal/results/outputs/1/by-genuine-client');
  expect(await readFile(written, 'utf8')).toBe('done\n');
}, 90_000);
