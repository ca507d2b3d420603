// The managed environments that exist, found as ARM finds them: with names in any case.
import type { JsonObject } from '../json-shapes';

export interface WorkloadProfile {
  /** The profile's short name in its environment, by which a job names it. */
  readonly name: string;
  /** The type in the service's spelling. */
  readonly type: string;
  /** Nodes of a dedicated profile; serverless ones have none. */
  readonly minimumCount?: number;
  readonly maximumCount?: number;
}

export interface EnvironmentPlace {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly name: string;
}

type EnvironmentState = 'Waiting' | 'Succeeded' | 'Failed' | 'ScheduledForDelete';

export interface Environment {
  readonly place: EnvironmentPlace;
  readonly id: string;
  /** As it was sent. */
  readonly location: string;
  /** Undefined: an environment of the older kind, without profiles. */
  profiles: readonly WorkloadProfile[] | undefined;
  state: EnvironmentState;
  /** Why it failed, as `deploymentErrors` says it. */
  failure?: string;
  readonly createdAt: number;
  modifiedAt: number;
  tags: JsonObject | undefined;
  /** The Log Analytics workspace to which it sends logs; undefined: none. */
  workspace: string | undefined;
  /** By their names in lower case. */
  readonly storages: Map<string, EnvironmentStorage>;
  /** Other members that were sent and are shown again: `vnetConfiguration` and the like. */
  echoed: JsonObject;
}

/** A share that jobs of the environment may mount. */
export interface EnvironmentStorage {
  readonly account: string;
  readonly share: string;
  readonly key: string;
  readonly accessMode: 'ReadOnly' | 'ReadWrite';
}

export interface EnvironmentStore {
  get(place: EnvironmentPlace): Environment | undefined;
  /** By the ARM id that a job names. */
  byId(id: string): Environment | undefined;
  add(environment: Environment): void;
  remove(environment: Environment): void;
  /** In the order of creation. */
  list(subscription: string, resourceGroup?: string): Environment[];
  all(): Environment[];
}

export function createEnvironmentStore(): EnvironmentStore {
  const environments = new Map<string, Environment>();
  const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
  return {
    get: (place) => environments.get(environmentId(place).toLowerCase()),
    byId: (id) => environments.get(id.toLowerCase()),
    add: (environment) => void environments.set(environment.id.toLowerCase(), environment),
    remove: (environment) => void environments.delete(environment.id.toLowerCase()),
    list: (subscription, resourceGroup) =>
      [...environments.values()].filter(
        ({ place }) =>
          same(place.subscription, subscription) &&
          (resourceGroup === undefined || same(place.resourceGroup, resourceGroup)),
      ),
    all: () => [...environments.values()],
  };
}

export function environmentId({ subscription, resourceGroup, name }: EnvironmentPlace): string {
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.App/managedEnvironments/${name}`;
}

/**
 * The first label of an environment's default domain, `env1-00000000` here. Log Analytics shows it in place of the
 * environment's name (docs/facts/container-apps.md#console-rows).
 */
export function domainLabel({ place }: Environment): string {
  return `${place.name.toLowerCase()}-00000000`;
}
