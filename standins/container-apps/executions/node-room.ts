// Whether a replica finds room: the quotas of its environment and the GPUs that the region has left.
import type { Environment } from '../environments/environment-store';
import { profileType } from '../environments/profile-types';
import type { FaultBook } from '../faults/fault-book';
import type { ContainerAppsSettings } from '../settings';
import type { Execution } from './execution';
import { isOver } from './execution';

/** Why a replica is not given a node, as the system log says it (docs/facts/container-apps.md#quota-at-run-time). */
const OVER_QUOTA =
  'Maximum Allowed Cores exceeded for the Managed Environment. Please check https://learn.microsoft.com/en-us/azure/container-apps/quotas for resource limits';
const NO_NODE =
  "0/4 nodes are available: 1 node(s) had untolerated taint {virtual-kubelet.io/provider: legion}, 3 node(s) didn't match Pod's node affinity/selector. preemption: 0/4 nodes are available: 4 Preemption is not helpful for scheduling.";

export interface NodeRoomParts {
  readonly settings: ContainerAppsSettings;
  readonly faults: FaultBook;
  /** All executions, those that no answer shows too. */
  readonly executions: () => readonly Execution[];
}

/** The limits of an environment's usages, as faults have changed them. */
export function quotasOf({
  settings,
  faults,
}: Pick<NodeRoomParts, 'settings' | 'faults'>): Record<string, number> {
  const changed = faults.held('quota').map(({ name, limit }): [string, number] => [name, limit]);
  return { ...settings.environmentQuotas, ...Object.fromEntries(changed) };
}

/** What the running replicas of an environment use, by the names of its usages. */
export function usageOf(parts: NodeRoomParts, { id }: Pick<Environment, 'id'>): Record<string, number> {
  const used: Record<string, number> = {};
  for (const execution of parts.executions()) {
    if (execution.job.environmentId.toLowerCase() !== id.toLowerCase() || isOver(execution)) continue;
    const replicas = execution.replicas.filter(({ assigned, endedAt }) => assigned && endedAt === undefined);
    for (const [name, each] of Object.entries(needsOf(execution)))
      used[name] = (used[name] ?? 0) + each * replicas.length;
  }
  return used;
}

/** What one replica counts against, by the names of the environment's usages. */
function needsOf({ job, containers }: Execution): Record<string, number> {
  const type = job.profileType === undefined ? undefined : profileType(job.profileType);
  if (type === undefined || type.name === 'Consumption') {
    const cores = containers.reduce((sum, { resources }) => sum + resources.cpu, 0);
    return { ManagedEnvironmentConsumptionCores: cores };
  }
  if (!type.isConsumption || type.gpus === undefined) return {};
  const name = type.name.includes('T4') ? 'T4Gpus' : 'NCA100Gpus';
  return { [`ManagedEnvironmentConsumption${name}`]: type.gpus };
}

/** Why there is no room for one replica more of this execution; undefined: there is. */
export function refusalOf(parts: NodeRoomParts, execution: Execution): string | undefined {
  const quotas = quotasOf(parts);
  const used = usageOf(parts, { id: execution.job.environmentId });
  for (const [name, needed] of Object.entries(needsOf(execution)))
    if ((used[name] ?? 0) + needed > (quotas[name] ?? Infinity)) return OVER_QUOTA;
  const type = execution.job.profileType;
  const left = parts.faults
    .held('capacity')
    .filter(({ profileType: named }) => named.toLowerCase() === type?.toLowerCase())
    .at(-1);
  if (left === undefined) return undefined;
  const held = parts
    .executions()
    .filter((other) => other.job.profileType === type && !isOver(other))
    .flatMap(({ replicas }) => replicas)
    .filter(({ assigned, endedAt }) => assigned && endedAt === undefined).length;
  return held + 1 > left.gpus ? NO_NODE : undefined;
}
