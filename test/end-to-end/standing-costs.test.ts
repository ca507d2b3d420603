// A GPU node that runs nothing costs by the hour: people see it on the local cluster with its price, wherever they
// look.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

import { z } from 'zod';

import { createGpuJobsClient } from '../../client/gpu-jobs-client';
import { tokenIn } from '../../standins/kubernetes/kept-kubeconfig';
import { kubeconfigFile } from '../../standins/kubernetes/process-settings';
import { localClusterPlacement } from '../../standins/stack/local-placements';
import { compiled } from '../../standins/stack/repository-root';
import { bootTestStack, type TestStack } from './support/test-stack';

/** The node has a T4, 4 cores and 28 GiB: 0.50 + 4 × 0.04 + 30.06 × 0.005. */
const PRICES = { T4: 0.5, cpu: 0.04, memoryGb: 0.005 };

let local: TestStack;
let settings: Readonly<Record<string, string>>;

beforeAll(async () => {
  local = await bootTestStack(
    (stateFolder) => {
      const onCluster = localClusterPlacement(kubeconfigFile(stateFolder));
      settings = {
        GPU_JOBS_PLACEMENTS: JSON.stringify([{ ...onCluster, prices: PRICES }]),
        GPU_JOBS_KUBERNETES_GPU_NODES_LEAST: '1',
      };
      return settings;
    },
    { kubernetes: true },
  );
}, 60_000);

afterAll(() => local.stop());

/** The output of a command, whatever its exit code: the doctor's is not 0 where it found something wrong. */
async function gpujobs(...words: readonly string[]): Promise<string> {
  const env = {
    ...process.env,
    ...settings,
    GPUJOBS_URL: local.stack.functionsUrl,
    AzureWebJobsStorage: local.stack.storageConnectionString,
    GPU_JOBS_ARM_ENDPOINT: local.stack.emulatorUrl,
  };
  const run = promisify(execFile)(process.execPath, [compiled('cli/main'), ...words], { env });
  return ranSchema.parse(await run.catch((error: unknown) => error)).stdout;
}

const ranSchema = z.object({ stdout: z.string() });

/** As the cluster autoscaler of AKS tells of its groups. */
const STATUS = `autoscalerStatus: Running
nodeGroups:
- health:
    cloudProviderTarget: 1
    maxSize: 4
    minSize: 1
    status: Healthy
  name: aks-gpunp-25795745-vmss
`;

/** The stand-in's autoscaler tells nothing of itself; that of AKS does. */
async function tellOfGroups(): Promise<void> {
  const { kubernetes } = local.stack;
  if (kubernetes === undefined) throw new Error('The stack has no cluster.');
  const token = tokenIn(await readFile(kubernetes.kubeconfigFile, 'utf8')) ?? '';
  const metadata = { name: 'cluster-autoscaler-status', namespace: 'kube-system' };
  const answer = await fetch(`${kubernetes.url}/api/v1/namespaces/kube-system/configmaps`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { status: STATUS } }),
  });
  expect(answer.status).toBe(201);
}

test('the API, `gpujobs placements` and the doctor name idle GPU nodes and minimum counts with their price an hour', async () => {
  await tellOfGroups();
  const client = createGpuJobsClient({ url: local.stack.functionsUrl });
  const [placement] = await client.deployment.placements({});
  const [todo, perHour] = [expect.any(String) as unknown, expect.closeTo(0.81, 2) as unknown];
  expect(placement?.standing).toEqual([
    { what: expect.stringMatching(/^node aks-gpunp-\S+ .*is idle$/) as unknown, perHour, todo },
    { what: 'pool gpunp never has fewer than 1 node', perHour, todo },
  ]);
  const told = await gpujobs('placements');
  expect(told).toMatch(/costs without a job: node aks-gpunp-.* is idle, \$0\.81 an hour/);
  expect(told).toContain('costs without a job: pool gpunp never has fewer than 1 node, $0.81 an hour');
  const checked = await gpujobs('doctor');
  expect(checked).toMatch(/node aks-gpunp-.* is idle, \$0\.81 an hour/);
  expect(checked).toContain('pool gpunp never has fewer than 1 node, $0.81 an hour');
}, 60_000);
