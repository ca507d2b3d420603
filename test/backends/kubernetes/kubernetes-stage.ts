// A cluster in virtual time, and the backend over it.
import { kubernetesFacts } from '../../../backends/kubernetes/facts';
import { createKubernetesBackend } from '../../../backends/kubernetes/kubernetes-backend';
import { type KubernetesPlacement, kubernetesPlacementSchema } from '../../../backends/kubernetes/placement';
import type { ContainerStart } from '../../../standins/containers/runtime';
import { createScriptedRuntime, type Script } from '../../../standins/containers/scripted';
import { createRandom } from '../../../standins/kernel/random';
import { createVirtualTime, type VirtualTime } from '../../../standins/kernel/virtual-time';
import { DEFAULT_LIFE, type LifeSettings } from '../../../standins/kubernetes/life-settings';
import {
  DEFAULT_KUBERNETES_SETTINGS,
  type KubernetesSettings,
  type KubernetesUser,
} from '../../../standins/kubernetes/settings';
import { createKubernetesStandIn, type KubernetesStandIn } from '../../../standins/kubernetes/stand-in';
import type { NodeDisk } from '../../../standins/kubernetes/volumes/node-disk';
import type { WireRequest, WireResponse } from '../../../standins/wire/handler';
import { type BackendStage, SPEC } from '../../contract/backend-stage';
import { apiOver } from '../../support/kubernetes/api-over';
import { NEW_YEAR } from '../../support/rows';

const NAMESPACE = 'gpu-jobs';
const TOKEN = 'token-of-runner';
const HELLO: Script = { prints: [{ atMs: 1, text: 'hello\n' }], exit: { atMs: 5_000, code: 0 } };

/** A node with two GPUs, and one without any. */
const POOLS: LifeSettings['pools'] = [
  {
    name: 'gpunp',
    min: 1,
    max: 1,
    instanceType: 'Standard_NC4as_T4_v3',
    allocatable: { cpu: '8', memory: '56Gi', pods: '30', 'nvidia.com/gpu': '2' },
    taints: [{ key: 'sku', value: 'gpu', effect: 'NoSchedule' }],
  },
  {
    name: 'system',
    min: 1,
    max: 1,
    instanceType: 'Standard_D8s_v5',
    allocatable: { cpu: '8', memory: '32Gi', pods: '30' },
  },
];

export interface KubernetesStage extends BackendStage {
  /** The placement itself. */
  readonly configured: KubernetesPlacement;
  /** Of a user who may do everything. */
  readonly token: string;
  readonly standIn: KubernetesStandIn;
  /** Methods and paths of all requests, without their queries. */
  readonly sent: readonly string[];
}

interface StageParts {
  /** Default: a time of its own, which `advance` moves. */
  readonly time?: VirtualTime;
  readonly placement?: Partial<KubernetesPlacement>;
  readonly settings?: Partial<KubernetesSettings>;
  readonly life?: Partial<LifeSettings>;
  /** May call the API too, as far as roles say. */
  readonly user?: KubernetesUser;
  readonly script?: (start: ContainerStart) => Script;
  /** Where volumes lie; left out: nothing is mounted. */
  readonly disk?: NodeDisk;
  /** Answers in the cluster's place. */
  readonly intercept?: (request: WireRequest) => WireResponse | undefined;
  /** What becomes of the cluster's answer on its way. */
  readonly disturb?: (request: WireRequest, answer: WireResponse) => WireResponse;
}

function kubernetesPlacement(over: Partial<KubernetesPlacement> = {}): KubernetesPlacement {
  return {
    ...kubernetesPlacementSchema.parse({
      name: 'cluster',
      backend: 'kubernetes',
      cluster: { kubeconfig: 'kubeconfig.yaml' },
      namespace: NAMESPACE,
      gpus: [
        {
          sku: 'T4',
          counts: [1, 2],
          nodes: { tolerations: [{ key: 'sku', operator: 'Equal', value: 'gpu' }] },
        },
      ],
      limits: { workloads: 100 },
    }),
    ...over,
  };
}

export function setKubernetesStage(parts: StageParts = {}): KubernetesStage {
  const time = parts.time ?? createVirtualTime(NEW_YEAR);
  const programs: (readonly string[])[] = [];
  const sent: string[] = [];
  let ids = 0;
  let isRefusing = false;
  const standIn = createKubernetesStandIn({
    clock: time.clock,
    timers: time.timers,
    random: createRandom(1),
    newId: () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`,
    ...(parts.disk && { disk: parts.disk }),
    runtime: createScriptedRuntime(time.timers, (start) => {
      programs.push([...start.command, ...(start.args ?? [])]);
      return parts.script?.(start) ?? HELLO;
    }),
    settings: {
      ...DEFAULT_KUBERNETES_SETTINGS,
      users: [
        { name: 'runner', groups: ['system:masters'], token: TOKEN },
        ...(parts.user === undefined ? [] : [parts.user]),
      ],
      objects: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } }],
      life: { ...DEFAULT_LIFE, pools: POOLS, ...parts.life },
      ...parts.settings,
    },
  });
  const placement = kubernetesPlacement(parts.placement);
  const api = apiOver(
    async (request) => {
      sent.push(`${request.method} ${request.url.pathname}`);
      const isCreate = request.method === 'POST' && request.url.pathname.endsWith('/jobs');
      if (isCreate && isRefusing) return forbidden();
      const answer = parts.intercept?.(request) ?? (await standIn.handle(request));
      return parts.disturb?.(request, answer) ?? answer;
    },
    TOKEN,
    () => time.clock.now(),
  );
  return {
    backend: createKubernetesBackend(placement, () => api),
    facts: kubernetesFacts(placement),
    placement: placement.name,
    configured: placement,
    token: TOKEN,
    standIn,
    sent,
    advance: async (ms) => {
      const until = time.clock.now() + ms;
      while (time.runNext(until)) await settled();
      await settled();
    },
    preparing: { spec: { ...SPEC, env: { KEY: { secretRef: 'key' } } }, secrets: { KEY: 'value' } },
    untilReady: 0,
    untilRunning: 5_000,
    runs: 5_000,
    instantsWithin: 1_000,
    untilGone: 35_000,
    creates: () => sent.filter((one) => one.startsWith('POST') && one.endsWith('/jobs')).length,
    starts: () => programs.length,
    commandLine: () => programs.at(-1) ?? [],
    entrypoint: [],
    invalid: { ...SPEC, resources: { cpu: -1, memoryGb: 1 } },
    refuseCreates: () => {
      isRefusing = true;
    },
  };
}

/** Lets what waits for promises go on. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
}

function forbidden(): WireResponse {
  const said = {
    kind: 'Status',
    status: 'Failure',
    reason: 'Forbidden',
    message: 'jobs.batch is forbidden',
    code: 403,
  };
  return { status: 403, headers: { 'content-type': 'application/json' }, body: JSON.stringify(said) };
}
