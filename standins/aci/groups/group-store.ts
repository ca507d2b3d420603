// The groups that exist. They are found as ARM finds them, with names in any case.
import type { Timer } from '../../kernel/timers';
import type { GroupEntry } from '../ledger';
import type { GroupRequest } from './group-request';
import type { GroupResources } from './group-resources';
import type { GroupRunner } from './group-runner';

/** A group's place, spelled as its first create spelled it. */
export interface GroupPlace {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly name: string;
}

export interface Group {
  readonly place: GroupPlace;
  readonly id: string;
  definition: GroupRequest;
  resources: GroupResources;
  readonly runner: GroupRunner;
  readonly entry: GroupEntry;
  /** Set while a delete is under way: the timer of its effect. */
  deletion: Timer | undefined;
}

export interface GroupStore {
  get(place: GroupPlace): Group | undefined;
  add(group: Group): void;
  remove(group: Group): void;
  /** In the order of creation. */
  list(subscription: string, resourceGroup?: string): Group[];
  all(): Group[];
}

export function createGroupStore(): GroupStore {
  const groups = new Map<string, Group>();
  const keyOf = ({ subscription, resourceGroup, name }: GroupPlace): string =>
    [subscription, resourceGroup, name].join('/').toLowerCase();
  return {
    get: (place) => groups.get(keyOf(place)),
    add: (group) => void groups.set(keyOf(group.place), group),
    remove: (group) => void groups.delete(keyOf(group.place)),
    list: (subscription, resourceGroup) =>
      [...groups.values()].filter(
        ({ place }) =>
          sameName(place.subscription, subscription) &&
          (resourceGroup === undefined || sameName(place.resourceGroup, resourceGroup)),
      ),
    all: () => [...groups.values()],
  };
}

/** Whether two names are one to ARM, which compares without regard to case. */
export function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

export function groupId({ subscription, resourceGroup, name }: GroupPlace): string {
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.ContainerInstance/containerGroups/${name}`;
}
