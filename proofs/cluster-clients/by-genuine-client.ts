// The first list of Jobs by Kubernetes' own client for Node, as a process that measures itself.
import { measure } from './first-list';

void measure(async () => {
  const { BatchV1Api, KubeConfig } = await import('@kubernetes/client-node');
  return (kubeconfig, namespace) => {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    return config.makeApiClient(BatchV1Api).listNamespacedJob({ namespace });
  };
});
