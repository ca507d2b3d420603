// The platforms of the local stack: which one a placement leads to, and what a job's attempt is called there.
import { type Job } from '../jobs-api';
import { LOCAL_APPS_PLACEMENT, LOCAL_CLUSTER_PLACEMENT } from '../local-placements';

export type Platform = 'instances' | 'cluster' | 'apps';

/** By a placement's name. */
export function platformOf(placement: string): Platform {
  if (placement === LOCAL_APPS_PLACEMENT.name) return 'apps';
  return placement === LOCAL_CLUSTER_PLACEMENT ? 'cluster' : 'instances';
}

/** What is made of an attempt and removed again, in the platform's word. */
const WORKLOAD_WORDS = {
  instances: 'container group',
  cluster: 'Job',
  apps: 'definition',
} as const satisfies Readonly<Record<Platform, string>>;

/** What the last attempt of a job is on its platform; of a job without one, what it would be on container instances. */
export function wordOf({ attempts }: Pick<Job, 'attempts'>): string {
  return WORKLOAD_WORDS[platformOf(attempts.at(-1)?.placement ?? '')];
}
