// What the stand-in keeps of a deployment, and its state.
import type { Evaluated } from './evaluate-template';

export interface DeploymentPlace {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly name: string;
}

/** ARM's error object: its code, its sentence and its other members. */
export interface ArmErrorBody {
  readonly code: string;
  readonly message: string;
}

export type ResourceState =
  | { readonly kind: 'running'; readonly operation: URL }
  | { readonly kind: 'succeeded'; readonly at: number }
  | { readonly kind: 'failed'; readonly at: number; readonly error: ArmErrorBody };

export interface DeployedResource {
  readonly operationId: string;
  readonly id: string;
  readonly type: string;
  readonly name: string;
  /** The status of the answer to its PUT. */
  readonly status: number;
  state: ResourceState;
}

export interface Deployment {
  readonly place: DeploymentPlace;
  readonly correlationId: string;
  readonly startedAt: number;
  /** As sent. */
  readonly template: unknown;
  readonly evaluated: Evaluated;
  readonly resources: readonly DeployedResource[];
  /** When its end was first seen. */
  endedAt: number | undefined;
}

export interface DeploymentStore {
  get(place: DeploymentPlace): Deployment | undefined;
  put(deployment: Deployment): void;
  remove(deployment: Deployment): void;
  list(place: Omit<DeploymentPlace, 'name'>): readonly Deployment[];
}

export function createDeploymentStore(): DeploymentStore {
  const deployments = new Map<string, Deployment>();
  const groupKey = ({ subscription, resourceGroup }: Omit<DeploymentPlace, 'name'>): string =>
    `${subscription}/${resourceGroup}/`.toLowerCase();
  const keyOf = (place: DeploymentPlace): string => groupKey(place) + place.name.toLowerCase();
  return {
    get: (place) => deployments.get(keyOf(place)),
    put: (deployment) => void deployments.set(keyOf(deployment.place), deployment),
    remove: (deployment) => void deployments.delete(keyOf(deployment.place)),
    list: (place) =>
      [...deployments].filter(([key]) => key.startsWith(groupKey(place))).map(([, deployment]) => deployment),
  };
}

export function deploymentId({ subscription, resourceGroup, name }: DeploymentPlace): string {
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Resources/deployments/${name}`;
}

/** A deployment runs while one of its resources does. One failed resource makes it Failed. */
export function deploymentState({ resources }: Deployment): 'Running' | 'Succeeded' | 'Failed' {
  if (resources.some(({ state }) => state.kind === 'running')) return 'Running';
  return resources.some(({ state }) => state.kind === 'failed') ? 'Failed' : 'Succeeded';
}
