// The way to each cluster: placements on one cluster share its connections and credentials.
import type { ClusterReference } from '../placement';
import type { ClusterApi } from './cluster-api';
import { type ClusterParts, createClusterApi } from './create-cluster-api';

/** Made when they are first asked for. */
export function createClusterApis(parts: ClusterParts): (cluster: ClusterReference) => ClusterApi {
  const made = new Map<string, ClusterApi>();
  return (cluster) => {
    const key = JSON.stringify(cluster);
    const api = made.get(key) ?? createClusterApi(cluster, parts);
    made.set(key, api);
    return api;
  };
}
