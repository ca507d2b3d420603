// A placement on a cluster with nothing but what it must have, and a workload there.

import { kubernetesPlacementSchema } from '../../../backends/kubernetes/placement';
import type { WorkloadRef } from '../../../domain/ports/compute-backend';
import { testJobId } from '../../support/rows';

export const REF: WorkloadRef = {
  name: `${testJobId(1)}-1`,
  placement: 'cluster',
  owner: 'owner1',
  jobId: testJobId(1),
  attempt: 1,
};

/** Its kubeconfig is the secret `cluster` of the key vault. */
export const barePlacement = kubernetesPlacementSchema.parse({
  name: 'cluster',
  backend: 'kubernetes',
  cluster: { kubeconfig: { secretRef: 'cluster' } },
  namespace: 'gpu-jobs',
  gpus: [],
  limits: { workloads: 1 },
});
