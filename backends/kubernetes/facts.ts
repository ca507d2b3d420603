// What is known of a placement on a cluster before any request.
import type { BackendFacts } from '../../domain/backend/backend-facts';
import { kubernetesOffer } from './offer';
import type { ClusterReference, KubernetesPlacement } from './placement';
import { KUBERNETES_TRAITS } from './traits';

export function kubernetesFacts(placement: KubernetesPlacement): BackendFacts {
  const { backend, region, cluster, namespace, fateKnownAfterS } = placement;
  const server = `${backend}/${clusterKey(cluster)}`;
  const inNamespace = `${server}/${namespace}`;
  return {
    kind: backend,
    region,
    traits: fateKnownAfterS === undefined ? KUBERNETES_TRAITS : { ...KUBERNETES_TRAITS, fateKnownAfterS },
    // Quotas are those of a namespace; the API server counts for the whole cluster.
    scopes: { inventory: inNamespace, quota: inNamespace, requests: server },
    offer: (wish, gpu) => kubernetesOffer(wish, gpu, placement),
  };
}

/** Two names of one cluster are taken for two clusters: each is then listed and counted by itself. */
function clusterKey(cluster: ClusterReference): string {
  if ('aks' in cluster) {
    const { subscriptionId, resourceGroup, name } = cluster.aks;
    // Azure reads the names of all these in any case.
    return ['aks', subscriptionId, resourceGroup, name].join('/').toLowerCase();
  }
  if ('inCluster' in cluster) return 'in-cluster';
  const { kubeconfig } = cluster;
  return typeof kubeconfig === 'string' ? `file/${kubeconfig}` : `secret/${kubeconfig.secretRef}`;
}
