// What the doctor needs of a placement on a cluster.
import type { KubernetesPlacement } from '../placement';

/** Which nodes: the labels that they have, and the taints of theirs that are tolerated. */
export type Nodes = NonNullable<KubernetesPlacement['nodes']>;

export type InspectedPlacement = Pick<
  KubernetesPlacement,
  | 'name'
  | 'cluster'
  | 'namespace'
  | 'podSecurity'
  | 'gpus'
  | 'nodes'
  | 'prices'
  | 'priorityClassName'
  | 'volumes'
  | 'identities'
>;
