// The part that kwok played for the recorder: a node that runs nothing, and the statuses that kwok wrote of its pods.
import { z } from 'zod';

import { GPU_NODE, GPU_TAINT, ofPool } from './cluster-nodes';
import type { Play } from './scene';

export interface Kwok {
  /** Writes that the Job's only pod has got as far. */
  write(job: string, step: 'created' | 'ready' | 'complete'): Promise<void>;
}

/** The stand-in's own kubelet of that node is silenced: a scene has to end before the node counts as lost (50 s). */
const SILENT_MS = 600_000;

/** Registers the node as kwok 0.8.0 did. `hasGpu`: as one of the GPU pool (K01). */
export async function startKwok(on: Play, hasGpu: boolean): Promise<Kwok> {
  const node = hasGpu ? GPU_NODE : 'aks-system-000000';
  await on.send('POST', '/api/v1/nodes', nodeObject(node, hasGpu));
  await on.pass(1);
  await on.fault('kubelet-down', { node, forMs: SILENT_MS });
  return {
    write: async (job, step) => {
      const [pod] = podList.parse(
        await on.send('GET', `/api/v1/namespaces/gpu-jobs/pods?labelSelector=job-name%3D${job}`),
      ).items;
      if (!pod) throw new Error(`Job ${job} has no pod that kwok could write of.`);
      const status = statusOf(pod, step, await on.now());
      await on.send('PATCH', `/api/v1/namespaces/gpu-jobs/pods/${pod.metadata.name}/status`, { status });
    },
  };
}

const podList = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      spec: z.object({ containers: z.array(z.object({ name: z.string(), image: z.string() })) }),
      status: z.object({ conditions: z.array(z.looseObject({ type: z.string() })) }),
    }),
  ),
});
type WrittenPod = z.infer<typeof podList>['items'][number];

/** kwok's stages of a pod (K12); `at` as the API writes a time. */
function statusOf({ spec, status }: WrittenPod, step: 'created' | 'ready' | 'complete', at: string): unknown {
  const [container] = spec.containers;
  const isReady = step !== 'created';
  const unready = {
    reason: 'ContainersNotReady',
    message: `containers with unready status: [ ${container?.name ?? ''} ]`,
  };
  const condition = (type: string, met: boolean): unknown => ({
    type,
    status: met ? 'True' : 'False',
    lastProbeTime: null,
    lastTransitionTime: at,
    ...(!met && unready),
  });
  return {
    phase: { created: 'Pending', ready: 'Running', complete: 'Succeeded' }[step],
    conditions: [
      condition('Initialized', true),
      condition('Ready', isReady),
      condition('ContainersReady', isReady),
      ...status.conditions.filter(({ type }) => type === 'PodScheduled'),
    ],
    hostIP: '127.0.0.1',
    podIP: '10.244.9.1',
    podIPs: [{ ip: '10.244.9.1' }],
    ...(isReady && { startTime: at }),
    containerStatuses: [
      {
        name: container?.name,
        state: {
          created: { waiting: { reason: 'ContainerCreating' } },
          ready: { running: { startedAt: at } },
          complete: { terminated: { exitCode: 0, reason: 'Completed', startedAt: at, finishedAt: at } },
        }[step],
        lastState: {},
        ready: isReady,
        restartCount: 0,
        image: container?.image,
        imageID: '',
        started: step === 'ready',
      },
    ],
  };
}

function nodeObject(name: string, hasGpu: boolean): unknown {
  const { labels, providerID } = ofPool(name, hasGpu ? 'gpunp' : 'system');
  const resources = { cpu: '6', 'ephemeral-storage': '100Gi', memory: '112Gi', pods: '30' };
  const all = { ...resources, ...(hasGpu && { 'nvidia.com/gpu': '1' }) };
  const condition = (type: string, status: string, reason: string, message: string): unknown => ({
    ...{ type, status, reason, message },
    lastHeartbeatTime: '2026-01-01T00:00:00Z',
    lastTransitionTime: '2026-01-01T00:00:00Z',
  });
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        ...(hasGpu && { accelerator: 'nvidia' }),
        ...labels,
        'node.kubernetes.io/instance-type': 'Standard_NC6s_v3',
      },
      annotations: { 'kwok.x-k8s.io/node': 'fake', 'node.alpha.kubernetes.io/ttl': '0' },
    },
    spec: { providerID, ...(hasGpu && { taints: [GPU_TAINT] }) },
    status: {
      capacity: all,
      allocatable: all,
      phase: 'Running',
      conditions: [
        condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
        ...[
          ['MemoryPressure', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
          ['DiskPressure', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
          ['PIDPressure', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
          ['NetworkUnavailable', 'RouteCreated', 'RouteController created a route'],
        ].map(([type = '', reason = '', message = '']) => condition(type, 'False', reason, message)),
      ],
      addresses: [{ type: 'InternalIP', address: '127.0.0.1' }],
      daemonEndpoints: { kubeletEndpoint: { Port: 10_247 } },
      nodeInfo: {
        ...{ machineID: '', systemUUID: '', bootID: '', osImage: '' },
        ...{ kernelVersion: 'kwok-0.8.0', containerRuntimeVersion: 'kwok-0.8.0' },
        ...{ kubeletVersion: 'kwok-0.8.0', kubeProxyVersion: 'kwok-0.8.0' },
        ...{ operatingSystem: 'linux', architecture: 'amd64' },
      },
    },
  };
}
