// The status that a kubelet writes of a pod.
import type { Pod, PodStatus } from '../model/pod';
import type { JsonObject } from '../store/json';
import { apiTime } from '../store/kube-object';
import { containerStatus } from './container-status';
import { podConditions } from './pod-conditions';
import type { ContainerLife, PodLife } from './pod-life';
import { type Phase, phaseOf } from './pod-phase';

/** What a kubelet reads of a cgroup that has no limit: the most whole pages that fit 64 bits. */
const NO_MEMORY_LIMIT = '9007199254740988Ki';

/** `now` in milliseconds since the epoch. */
export function podStatus(pod: Pod, life: PodLife, now: number): PodStatus {
  const computed = phaseOf(life, pod.spec.restartPolicy ?? 'Always');
  const final = computed === 'Succeeded' || computed === 'Failed';
  const asked = allResources(life.containers);
  return {
    ...pod.status,
    observedGeneration: pod.metadata.generation ?? 1,
    phase: final && !life.over ? previousPhase(pod) : computed,
    ...(life.over && life.failure),
    conditions: podConditions(pod, life, computed, now),
    hostIP: life.hostIP,
    hostIPs: [{ ip: life.hostIP }],
    ...(life.podIP !== undefined && { podIP: life.podIP, podIPs: [{ ip: life.podIP }] }),
    startTime: apiTime(life.startedAt),
    ...listed('initContainerStatuses', life, true),
    ...listed('containerStatuses', life, false),
    ...(asked.requests && { allocatedResources: asked.requests }),
    resources: allEnded(life) ? leftOver(asked) : asked,
  };
}

function previousPhase({ status }: Pod): Phase {
  return status.phase === undefined || status.phase === 'Unknown' ? 'Pending' : status.phase;
}

function allEnded({ containers }: PodLife): boolean {
  return containers.every(({ state }) => state.kind === 'terminated' && state.startedAt > 0);
}

interface Resources {
  readonly limits?: JsonObject;
  readonly requests?: JsonObject;
}

/** What the kubelet still finds in the pod's cgroup when its containers are gone: memory alone. */
function leftOver({ limits, requests }: Resources): JsonObject {
  const memory = limits?.['memory'];
  if (memory === undefined) return { limits: { memory: NO_MEMORY_LIMIT } };
  return { limits: { memory }, requests: { memory: requests?.['memory'] ?? memory } };
}

/** Amounts of several containers are not added up: of each resource the last one's stands. */
function allResources(containers: readonly ContainerLife[]): Resources & JsonObject {
  const merged = (which: 'limits' | 'requests'): JsonObject | undefined => {
    const all: JsonObject = Object.fromEntries(
      containers.flatMap(({ container, init }) =>
        init ? [] : Object.entries(container.resources?.[which] ?? {}),
      ),
    );
    return Object.keys(all).length === 0 ? undefined : all;
  };
  const limits = merged('limits');
  const requests = merged('requests');
  return { ...(limits && { limits }), ...(requests && { requests }) };
}

function listed(name: string, life: PodLife, init: boolean): JsonObject {
  const lives = life.containers.filter((one) => one.init === init);
  return lives.length === 0 ? {} : { [name]: lives.map(containerStatus) };
}
