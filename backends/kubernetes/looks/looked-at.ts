// What the looks need of a placement on a cluster, and of the way to its API server.
import type { Prices } from '../../../domain/money/price';
import type { JobSpec } from '../../../domain/spec/job-spec';
import type { PodSecurityLevel } from '../../../manifests/pod-security';

type OfSpec = NonNullable<JobSpec['kubernetes']>;

/** Which nodes: the labels that they have, and the taints of theirs that are tolerated. */
export interface Nodes {
  readonly selector?: OfSpec['nodeSelector'];
  readonly tolerations?: OfSpec['tolerations'];
}

/** By Azure's names, by a kubeconfig, or around this app. */
export type ClusterReference =
  | {
      readonly aks: {
        readonly subscriptionId: string;
        readonly resourceGroup: string;
        readonly name: string;
      };
    }
  | { readonly kubeconfig: string | { readonly secretRef: string } }
  | { readonly inCluster: true };

export interface LookedAtPlacement {
  readonly name: string;
  readonly cluster: ClusterReference;
  readonly namespace: string;
  readonly podSecurity: PodSecurityLevel;
  readonly gpus: readonly {
    readonly sku: string;
    readonly counts: readonly number[];
    readonly nodes?: Nodes | undefined;
  }[];
  /** Nodes of jobs without a GPU. */
  readonly nodes?: Nodes | undefined;
  readonly prices?: Prices | undefined;
}

/** Sends one request to the API server. Any answer resolves, whatever its status; without one it rejects. */
export interface ClusterRequests {
  send(request: {
    readonly method: 'GET' | 'POST';
    readonly path: string;
    /** Sent as JSON. */
    readonly body?: object;
    /** For the whole exchange. */
    readonly timeoutMs: number;
  }): Promise<{ readonly status: number; readonly body: Buffer }>;
}
