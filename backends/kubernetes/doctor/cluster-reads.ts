// What the doctor and the standing cost read of a cluster, each list once, when the first of them asks.
import type { ClusterApi } from '../cluster/cluster-api';
import { AUTOSCALER_STATUS } from '../rights';
import { type NodeGroup, nodeGroupsOf } from './autoscaler-status';
import {
  configMapSchema,
  type DaemonSet,
  daemonSetSchema,
  type Node,
  nodeSchema,
  type PodRequest,
  podRequestSchema,
} from './cluster-objects';
import { type Read, readList, readObject } from './read-cluster';

export interface ClusterReads {
  nodes(): Promise<Read<readonly Node[]>>;
  daemonSets(): Promise<Read<readonly DaemonSet[]>>;
  /** The pods on one node that are not over. */
  podsOn(node: string): Promise<Read<readonly PodRequest[]>>;
  /** What the cluster autoscaler tells; `absent` where none tells anything. */
  nodeGroups(): Promise<Read<readonly NodeGroup[]>>;
}

export function createClusterReads(api: ClusterApi): ClusterReads {
  const { namespace, name } = AUTOSCALER_STATUS;
  return {
    nodes: once(() => readList(api, '/api/v1/nodes', nodeSchema)),
    daemonSets: once(() => readList(api, '/apis/apps/v1/daemonsets', daemonSetSchema)),
    podsOn: (node) => {
      const selector = `spec.nodeName=${node},status.phase!=Succeeded,status.phase!=Failed`;
      return readList(api, `/api/v1/pods?fieldSelector=${encodeURIComponent(selector)}`, podRequestSchema);
    },
    nodeGroups: once(async () => {
      const path = `/api/v1/namespaces/${namespace}/configmaps/${name}`;
      const read = await readObject(api, path, configMapSchema);
      return read.kind === 'read'
        ? { kind: 'read', value: nodeGroupsOf(read.value.data?.['status'] ?? '') }
        : read;
    }),
  };
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let under: Promise<T> | undefined;
  return () => (under ??= read());
}
