// The conditions that a kubelet writes of a pod.
import type { Condition } from '../model/metadata';
import type { Pod } from '../model/pod';
import { apiTime } from '../store/kube-object';
import { type ContainerLife, initializing, type PodLife } from './pod-life';
import type { Phase } from './pod-phase';

/** Conditions that the kubelet owns; it keeps what others have set. */
const OWN = ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'];

/** Others' conditions first, then the kubelet's own; a transition is a change of status. */
export function podConditions(pod: Pod, life: PodLife, phase: Phase, now: number): Condition[] {
  const held = pod.status.conditions ?? [];
  const observedGeneration = pod.metadata.generation ?? 1;
  const at = apiTime(now);
  const own = (type: string, met: boolean, why: Why = {}): Condition => {
    const before = held.find((condition) => condition.type === type);
    const status = met ? 'True' : 'False';
    const lastTransitionTime = before?.status === status ? (before.lastTransitionTime ?? at) : at;
    return { type, observedGeneration, status, lastProbeTime: null, lastTransitionTime, ...why };
  };
  const unready = readiness(life, phase);
  return [
    ...held.filter(({ type }) => !OWN.includes(type)),
    own('PodReadyToStartContainers', life.sandbox),
    own('Initialized', !initializing(life), initialized(life, phase)),
    own('Ready', unready === undefined, unready),
    own('ContainersReady', unready === undefined, unready),
    own('PodScheduled', true),
  ];
}

interface Why {
  readonly reason?: string;
  readonly message?: string;
}

function initialized(life: PodLife, phase: Phase): Why {
  if (phase === 'Succeeded') return { reason: 'PodCompleted' };
  if (!initializing(life)) return {};
  const waiting = life.containers.filter(
    ({ init, state }) => init && !(state.kind === 'terminated' && state.exitCode === 0),
  );
  return {
    reason: 'ContainersNotInitialized',
    message: `containers with incomplete status: [${namesOf(waiting)}]`,
  };
}

/** Why the pod isn't ready; undefined where it is. */
function readiness({ containers }: PodLife, phase: Phase): Why | undefined {
  if (phase === 'Succeeded') return { reason: 'PodCompleted' };
  if (phase === 'Failed') return { reason: 'PodFailed' };
  const unready = containers.filter(({ init, state }) => !init && state.kind !== 'running');
  if (unready.length === 0) return undefined;
  return {
    reason: 'ContainersNotReady',
    message: `containers with unready status: [${namesOf(unready)}]`,
  };
}

function namesOf(containers: readonly ContainerLife[]): string {
  return containers.map(({ container }) => container.name).join(' ');
}
