// What a placement on a cluster makes of a wish, and what the workload would count against. Pure.
import type { Count, Offer } from '../../domain/backend/offer';
import type { ChosenGpu } from '../../domain/spec/gpu';
import { resourcesOf } from '../../domain/spec/job-spec';
import type { Wish } from '../../domain/spec/wish';
import { GPU_RESOURCE } from '../../manifests/gpu-resource';

/** No size is refused here: the nodes of a cluster may change at any time, and its scheduler tells what fits none. */
export function kubernetesOffer(wish: Wish, gpu: ChosenGpu | undefined): Offer {
  return { kind: 'gives', gpu, counts: countsOf(wish, gpu) };
}

/**
 * By the names under which a ResourceQuota limits them (docs/facts/kubernetes.md#quotas). Requests equal limits,
 * because the Job gives limits alone.
 */
function countsOf(wish: Wish, gpu: ChosenGpu | undefined): Count[] {
  const { cpu } = resourcesOf(wish);
  const one = ['pods', 'count/pods', 'count/jobs.batch'].map((quota): Count => ({
    quota,
    amount: 1,
    of: 'workloads',
  }));
  const cores = ['cpu', 'requests.cpu', 'limits.cpu'].map((quota): Count => ({
    quota,
    amount: cpu,
    of: 'cores',
  }));
  const gpus: Count[] =
    gpu === undefined ? [] : [{ quota: `requests.${GPU_RESOURCE}`, amount: gpu.count, of: 'gpus' }];
  return [...gpus, ...one, ...cores];
}
