// A cluster for the doctor: the roles of infra/kubernetes, a pool of T4 nodes, the device plugin; each test breaks one
// thing of it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

import type { ClusterApi } from '../../../../backends/kubernetes/cluster/cluster-api';
import type { InspectedPlacement } from '../../../../backends/kubernetes/doctor/inspected';
import { kubernetesInspections } from '../../../../backends/kubernetes/doctor/inspections';
import type { Check } from '../../../../domain/backend/check';
import { DEFAULT_LIFE } from '../../../../standins/kubernetes/life-settings';
import type { NodePool } from '../../../../standins/kubernetes/node/node-pool';
import { type JsonObject, parseJson } from '../../../../standins/kubernetes/store/json';
import { setStage, type Stage } from '../../../standins/kubernetes/support';

const FOLDER = join(__dirname, '../../../../infra/kubernetes');
const NAMESPACE = 'gpu-jobs';
const GROUP = 'rbac.authorization.k8s.io';
/** 28 November 2026: NCv3 is retired, T4 is not. */
export const TODAY = Date.UTC(2026, 10, 28);

type Objects = readonly JsonObject[];
const objects = z.array(z.record(z.string(), z.json()));

/** The objects of a manifest of infra/kubernetes. */
export function manifest(file: string): Objects {
  const text = readFileSync(join(FOLDER, file), 'utf8');
  return objects.parse(parseAllDocuments(text).map((document) => document.toJS() as unknown));
}

function roleIn(file: string): Objects {
  return manifest(file).map((role) => ({
    ...role,
    metadata: { ...z.record(z.string(), z.json()).parse(role['metadata']), namespace: NAMESPACE },
  }));
}

function binding(kind: 'Role' | 'ClusterRole', name: string): Objects[number] {
  return {
    apiVersion: `${GROUP}/v1`,
    kind: `${kind}Binding`,
    metadata: { name, ...(kind === 'Role' ? { namespace: NAMESPACE } : {}) },
    roleRef: { apiGroup: GROUP, kind, name },
    subjects: [{ kind: 'User', name: 'gpu-runner' }],
  };
}

/** The role of the app in the namespace, and its binding to the user `gpu-runner`. */
export function runnerRole(): Objects {
  return [...roleIn('runner.yaml'), binding('Role', 'gpu-job-runner')];
}

export const GPU_POOL: NodePool = {
  name: 'gpunp',
  min: 1,
  max: 2,
  instanceType: 'Standard_NC4as_T4_v3',
  allocatable: { cpu: '4', memory: '28Gi', pods: '110', 'nvidia.com/gpu': '1' },
  taints: [{ key: 'sku', value: 'gpu', effect: 'NoSchedule' }],
};

interface Cluster {
  /** The label of the namespace; undefined: none. */
  readonly level?: string;
  readonly hasNamespace?: boolean;
  readonly pools?: readonly NodePool[];
  /** Left out: the manifest's DaemonSet. */
  readonly plugins?: Objects;
  readonly runner?: Objects;
  readonly doctor?: Objects;
  readonly more?: Objects;
}

export function setCluster(cluster: Cluster = {}): Stage {
  const { level = 'restricted', hasNamespace = true, pools = [GPU_POOL], more = [] } = cluster;
  const labels = { 'pod-security.kubernetes.io/enforce': level };
  return setStage({
    users: [
      { name: 'gpu-runner', groups: [], token: 'token-of-runner' },
      { name: 'admin', groups: ['system:masters'], token: 'token-of-admin' },
    ],
    objects: [
      ...(hasNamespace
        ? [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE, labels } }]
        : []),
      ...(hasNamespace ? (cluster.runner ?? runnerRole()) : []),
      ...(cluster.doctor ?? [...manifest('doctor.yaml'), binding('ClusterRole', 'gpu-job-runner-doctor')]),
      ...(cluster.plugins ?? manifest('device-plugin.yaml')),
      ...more,
    ],
    life: { ...DEFAULT_LIFE, pools },
  });
}

export function clusterApi(stage: Stage): ClusterApi {
  return {
    send: async ({ method, path, body }) => {
      const { status, text } = await stage.ask(
        method,
        path,
        body === undefined ? {} : { body: parseJson(JSON.stringify(body)) },
      );
      return { status, body: Buffer.from(text), isCut: false, serverTime: undefined, retryAfterS: undefined };
    },
  };
}

/** Sends its T4 jobs to the pool, and tolerates its taint. */
export function placementWith(over: Partial<InspectedPlacement> = {}): InspectedPlacement {
  return {
    name: 'aks',
    cluster: { aks: { subscriptionId: 'sub', resourceGroup: 'rg', name: 'jobs' } },
    namespace: NAMESPACE,
    podSecurity: 'restricted',
    gpus: [
      {
        sku: 'T4',
        counts: [1],
        node: 'Standard_NC4as_T4_v3',
        nodes: {
          selector: { agentpool: 'gpunp' },
          tolerations: [{ key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' }],
        },
      },
    ],
    prices: { T4: 0.5 },
    ...over,
  };
}

/** What the inspections find, by name. */
export async function checksOf(
  stage: Stage,
  placement: InspectedPlacement = placementWith(),
): Promise<ReadonlyMap<string, Check>> {
  const checks = new Map<string, Check>();
  for (const { name, check } of kubernetesInspections(placement, () => clusterApi(stage), TODAY))
    checks.set(name, await check());
  return checks;
}

/** A program that has the GPU of a node. */
export async function runGpuPod(stage: Stage, node: string, resource = 'nvidia.com/gpu'): Promise<void> {
  const container = {
    name: 'program',
    image: 'busybox:local',
    resources: { limits: { [resource]: 1 } },
  };
  const { status, text } = await stage.ask('POST', '/api/v1/namespaces/default/pods', {
    as: 'admin',
    body: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `on-${node}` },
      spec: { nodeName: node, containers: [container] },
    },
  });
  if (status !== 201) throw new Error(`The pod was refused: ${text}`);
}
