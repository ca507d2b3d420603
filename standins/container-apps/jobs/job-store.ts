// The jobs that exist, found as ARM finds them: with names in any case.
import type { Execution } from '../executions/execution';
import type { JsonObject } from '../json-shapes';
import type { JobDefinition } from './job-definition';

export interface JobPlace {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly name: string;
}

type ProvisioningState = 'InProgress' | 'Succeeded' | 'Failed' | 'Deleting';

export interface Job {
  readonly place: JobPlace;
  readonly id: string;
  /** As it was sent. */
  readonly location: string;
  definition: JobDefinition;
  tags: JsonObject | undefined;
  identity: JsonObject;
  readonly createdAt: number;
  modifiedAt: number;
  state: ProvisioningState;
  /** Goes up with each write, so that an operation knows whether a later one has replaced it. */
  writes: number;
  /** Starts are refused while it is suspended. */
  suspended: boolean;
  /** In the order of their starts. */
  readonly executions: Execution[];
}

export interface JobStore {
  get(place: JobPlace): Job | undefined;
  add(job: Job): void;
  remove(job: Job): void;
  /** In the order of creation. */
  list(subscription: string, resourceGroup?: string): Job[];
  all(): Job[];
}

export function createJobStore(): JobStore {
  const jobs = new Map<string, Job>();
  const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
  return {
    get: (place) => jobs.get(jobId(place).toLowerCase()),
    add: (job) => void jobs.set(job.id.toLowerCase(), job),
    remove: (job) => {
      if (jobs.get(job.id.toLowerCase()) === job) jobs.delete(job.id.toLowerCase());
    },
    list: (subscription, resourceGroup) =>
      [...jobs.values()].filter(
        ({ place }) =>
          same(place.subscription, subscription) &&
          (resourceGroup === undefined || same(place.resourceGroup, resourceGroup)),
      ),
    all: () => [...jobs.values()],
  };
}

export function jobId({ subscription, resourceGroup, name }: JobPlace): string {
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.App/jobs/${name}`;
}
