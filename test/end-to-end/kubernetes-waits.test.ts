// What people see of a job whose workload waits on the local cluster: for a node, and for a queue that holds it.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import type { JobView } from '../../api/jobs';
import { createGpuJobsClient, type GpuJobsClient } from '../../client/gpu-jobs-client';
import { HOST_PROCESS_IMAGE } from '../../standins/containers/known-images';
import { tokenIn } from '../../standins/kubernetes/kept-kubeconfig';
import { LOCAL_NAMESPACE } from '../../standins/kubernetes/local-cluster';
import { kubeconfigFile } from '../../standins/kubernetes/process-settings';
import { type ClusterAddress, listInCluster } from '../../standins/stack/cluster-view';
import { localClusterPlacement } from '../../standins/stack/local-placements';
import { compiled } from '../../standins/stack/repository-root';
import { bootTestStack, isOverAndGone, type TestStack } from './support/test-stack';

const PROGRAM = ['--', 'node', '-e', 'console.log("ran")'];
/** The limit of one test, milliseconds. */
const WAITS_MS = 120_000;

let local: TestStack;
let cluster: ClusterAddress;
let client: GpuJobsClient;

beforeAll(async () => {
  local = await bootTestStack(
    (stateFolder) => {
      const onCluster = localClusterPlacement(kubeconfigFile(stateFolder));
      const queued = { ...onCluster, name: 'queued', kueueQueue: 'team-a' };
      return {
        GPU_JOBS_PLACEMENTS: JSON.stringify([onCluster, queued]),
        GPU_JOBS_KUBERNETES_PULL_MS: '100',
        GPU_JOBS_KUBERNETES_SCALE_UP_MS: '3000',
      };
    },
    { kubernetes: true },
  );
  if (local.stack.kubernetes === undefined) throw new Error('The stack has no cluster.');
  cluster = local.stack.kubernetes;
  client = createGpuJobsClient({ url: local.stack.functionsUrl });
}, 60_000);

afterAll(() => local.stop());

async function gpujobs(
  ...words: readonly string[]
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const env = { ...process.env, GPUJOBS_URL: local.stack.functionsUrl };
  return promisify(execFile)(process.execPath, [compiled('cli/main'), ...words], { env });
}

/** Submits by the command line, which follows the job to its end. */
function followed(placement: string): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return gpujobs(
    ...['submit', '--image', HOST_PROCESS_IMAGE, '--gpu', '1', '--sku', 'T4'],
    ...['--placement', placement, '--name', placement, '--follow', ...PROGRAM],
  );
}

/** The only job of that name, once it waits with such words. */
async function untilItWaits(name: string, words: RegExp): Promise<JobView> {
  for (;;) {
    const { jobs } = await client.jobs.list({ name });
    const [listed] = jobs;
    const job = listed && (await client.jobs.get(listed.id));
    if (job !== undefined && words.test(job.attempts[0]?.lacking?.message ?? '')) return job;
    await sleep(50);
  }
}

async function letNoNodesCome(on: boolean): Promise<void> {
  const body = JSON.stringify({ kind: 'no-nodes', on });
  const answer = await fetch(`${cluster.url}/emulator/faults`, { method: 'POST', body });
  expect(answer.status).toBe(200);
}

/** Admits the Job, as Kueue does. */
async function resume(job: string): Promise<void> {
  const token = tokenIn(await readFile(cluster.kubeconfigFile, 'utf8')) ?? '';
  const answer = await fetch(`${cluster.url}/apis/batch/v1/namespaces/${LOCAL_NAMESPACE}/jobs/${job}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/merge-patch+json' },
    body: JSON.stringify({ spec: { suspend: false } }),
  });
  expect(answer.status).toBe(200);
}

async function expectDone(id: string): Promise<void> {
  await local.untilJob(id, isOverAndGone, 'over and gone');
  const job = await client.jobs.get(id);
  expect(job).toMatchObject({ outcome: 'Succeeded', attempts: [{ number: 1, exitCode: 0 }] });
  expect(job.attempts[0]?.lacking).toBeUndefined();
  expect((await listInCluster(cluster)).filter((object) => object.includes(id))).toEqual([]);
}

test(
  'a job for which no node has room says so wherever it is shown, then that a node is being added, and runs',
  async () => {
    await letNoNodesCome(true);
    const following = followed('local-kubernetes');
    const waiting = await untilItWaits('local-kubernetes', /^No node has room for the pod: 0\/1 nodes/);
    expect(waiting).toMatchObject({ state: 'Provisioning', attempts: [{ lacking: { code: 'capacity' } }] });
    const { stdout: listed } = await gpujobs('list', '--name', 'local-kubernetes');
    expect(listed).toMatch(/ Provisioning .* waits for capacity$/m);
    const { stdout: shown } = await gpujobs('show', waiting.id);
    expect(shown).toMatch(
      /^ {2}waits for +capacity: No node has room for the pod: 0\/1 nodes .* \(since 20/m,
    );
    await letNoNodesCome(false);
    await untilItWaits('local-kubernetes', /^A node is being added for the pod: 0\/1 nodes/);
    const { stdout, stderr } = await following;
    expect(stdout).toBe('ran\n');
    const waits = stderr.split('\n').filter((line) => line.includes('waits for'));
    expect(waits).toEqual([
      expect.stringMatching(/^\d\d:\d\d:\d\d {2}Provisioning {2}waits for capacity: No node has room/),
    ]);
    await expectDone(waiting.id);
  },
  WAITS_MS,
);

test(
  'a job whose queue holds it suspended waits, shown as such, and runs once it is admitted',
  async () => {
    const following = followed('queued');
    const waiting = await untilItWaits('queued', /suspended/);
    expect(waiting).toMatchObject({ state: 'Provisioning', attempts: [{ lacking: { code: 'capacity' } }] });
    expect((await listInCluster(cluster)).filter((object) => object.startsWith('pods/'))).toEqual([]);
    await resume(`${waiting.id}-1`);
    const { stdout, stderr } = await following;
    expect(stdout).toBe('ran\n');
    expect(stderr).toContain('waits for capacity: The Job is suspended: it waits until its queue admits it.');
    await expectDone(waiting.id);
  },
  WAITS_MS,
);
