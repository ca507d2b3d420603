// The first list of Jobs by the product's own client, as a process that measures itself.
import { measure } from './first-list';

void measure(async () => {
  const { createClusterApi } = await import('../../backends/kubernetes/cluster/create-cluster-api.js');
  return async (kubeconfig, namespace) => {
    const unused = (): never => {
      throw new Error('A kubeconfig asks nothing of Azure.');
    };
    const api = createClusterApi(
      { kubeconfig },
      {
        armEndpoint: new URL('https://management.azure.com'),
        credential: { getToken: unused },
        secretOf: unused,
        environment: {},
        clock: Date,
      },
    );
    const path = `/apis/batch/v1/namespaces/${namespace}/jobs`;
    const { body } = await api.send({ method: 'GET', path, timeoutMs: 30_000 });
    return JSON.parse(body.toString('utf8')) as { items: unknown[] };
  };
});
