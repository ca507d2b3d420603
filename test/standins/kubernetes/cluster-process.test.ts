// The built cluster as a process of its own: a Job runs a program of this machine, on a node that comes for it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

import { z } from 'zod';

import { realCluster } from '../../../proofs/real-cluster/real-cluster';

const MAIN = join(__dirname, '../../../dist/standins/kubernetes/main.js');
const ready = z.object({ ready: z.literal('kubernetes'), url: z.url(), kubeconfig: z.string() });
const podList = z.object({
  items: z.array(
    z.object({ metadata: z.object({ name: z.string() }), status: z.object({ phase: z.string() }) }),
  ),
});

let cluster: ChildProcess | undefined;
let state = '';

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'gpu-jobs-cluster-'));
});

afterEach(async () => {
  if (cluster?.exitCode === null && cluster.signalCode === null) {
    cluster.kill('SIGKILL');
    await once(cluster, 'exit');
  }
  await rm(state, { recursive: true, force: true });
});

async function start(): Promise<z.infer<typeof ready>> {
  cluster = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'],
      GPU_JOBS_KUBERNETES_PORT: '0',
      GPU_JOBS_LOCAL_STATE: state,
      GPU_JOBS_KUBERNETES_PULL_MS: '10',
      GPU_JOBS_KUBERNETES_NOTICE_MS: '10',
      GPU_JOBS_KUBERNETES_JOB_SYNC_MS: '10',
      GPU_JOBS_KUBERNETES_SCALE_UP_MS: '10',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (!cluster.stdout) throw new Error('The cluster has no output.');
  const lines = createInterface({ input: cluster.stdout })[Symbol.asyncIterator]();
  const first = await lines.next();
  return ready.parse(JSON.parse(String(first.value)));
}

const JOBS = '/apis/batch/v1/namespaces/gpu-jobs/jobs';
const PODS = '/api/v1/namespaces/gpu-jobs/pods';

/** The name of the first pod that has succeeded, as soon as there is one. */
async function succeeded(local: ReturnType<typeof realCluster>): Promise<string> {
  for (let tries = 0; tries < 250; tries += 1) {
    const { items } = podList.parse(await local.ask({ method: 'GET', path: PODS }));
    const pod = items.find(({ status }) => status.phase === 'Succeeded');
    if (pod) return pod.metadata.name;
    await delay(100);
  }
  throw new Error('No pod has succeeded.');
}

test('runs a Job of arguments on the image of the guides, and the kubeconfig that it writes leads to it', async () => {
  const started = await start();
  const local = realCluster(started.kubeconfig);
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'demo' },
    spec: {
      template: {
        spec: {
          restartPolicy: 'Never',
          tolerations: [{ key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' }],
          containers: [
            {
              name: 'main',
              image: 'mcr.microsoft.com/azuredocs/samples-tf-mnist-demo:gpu',
              args: ['--max_steps', '20'],
              resources: { limits: { 'nvidia.com/gpu': 1 } },
            },
          ],
        },
      },
    },
  };
  await local.ask({ method: 'POST', path: JOBS, body: job });

  const pod = await succeeded(local);
  const { body } = await local.api.send({ method: 'GET', path: `${PODS}/${pod}/log`, timeoutMs: 10_000 });
  const log = body.toString();
  expect(log).toContain('Accuracy at step 10: ');
  const printed = await (await fetch(`${started.url}/emulator/ledger/printed?job=demo`)).text();
  expect(log).toBe(printed);
  expect((await fetch(`${started.url}${PODS}`)).status).toBe(401);
});

test('runs a program on a claim and an empty directory: what it writes lies on the share of this machine', async () => {
  const { kubeconfig } = await start();
  const local = realCluster(kubeconfig);
  const container = {
    name: 'main',
    image: 'gpu-jobs.local/host-process',
    command: ['sh', '-c', 'echo trained >/dev/shm/model && cp /dev/shm/model "$OUT"/'],
    env: [{ name: 'OUT', value: '/out' }],
    volumeMounts: [
      { name: 'out', mountPath: '/out', subPath: 'outputs/j1/1' },
      { name: 'shm', mountPath: '/dev/shm' },
    ],
  };
  const volumes = [
    { name: 'out', persistentVolumeClaim: { claimName: 'results' } },
    { name: 'shm', emptyDir: { medium: 'Memory' } },
  ];
  const template = { spec: { restartPolicy: 'Never', volumes, containers: [container] } };
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'writes' }, spec: { template } };
  await local.ask({ method: 'POST', path: JOBS, body: job });
  await succeeded(local);
  const written = join(state, 'shares/gpujobslocal/results/outputs/j1/1/model');
  expect(await readFile(written, 'utf8')).toBe('trained\n');
});
