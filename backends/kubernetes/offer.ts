// What a placement on a cluster makes of a wish, and what the workload would count against. Pure.
import type { Count, Offer } from '../../domain/backend/offer';
import { isSameName } from '../../domain/parse/any-case';
import type { ChosenGpu } from '../../domain/spec/gpu';
import { type Resources, resourcesOf } from '../../domain/spec/resources';
import type { Wish } from '../../domain/spec/wish';
import { GPU_RESOURCE } from '../../manifests/gpu-resource';
import { nodeShare } from './node-share';
import type { KubernetesPlacement } from './placement';

/** No size is refused here: the nodes of a cluster may change at any time, and its scheduler tells what fits none. */
export function kubernetesOffer(
  wish: Wish,
  gpu: ChosenGpu | undefined,
  placement: Pick<KubernetesPlacement, 'gpus'>,
): Offer {
  const resources = resourcesOf(wish, gpu, placement, shareOf(gpu, placement));
  return { kind: 'gives', gpu, resources, counts: countsOf(resources, gpu, placement) };
}

/** By which pods ask for the GPU. */
export function resourceName(
  { sku: chosen }: ChosenGpu,
  { gpus }: Pick<KubernetesPlacement, 'gpus'>,
): string {
  return gpus.find(({ sku }) => isSameName(sku, chosen))?.resource ?? GPU_RESOURCE;
}

/** Of a node, where the placement says what its nodes are. */
export function shareOf(
  gpu: ChosenGpu | undefined,
  { gpus }: Pick<KubernetesPlacement, 'gpus'>,
): Resources | undefined {
  const node = gpu && gpus.find(({ sku }) => isSameName(sku, gpu.sku))?.node;
  return gpu && node && nodeShare(node, gpu);
}

/**
 * By the names under which a ResourceQuota limits them (docs/facts/kubernetes.md#quotas). Requests equal limits,
 * because the Job gives limits alone.
 */
function countsOf(
  { cpu }: Resources,
  gpu: ChosenGpu | undefined,
  placement: Pick<KubernetesPlacement, 'gpus'>,
): Count[] {
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
    gpu === undefined
      ? []
      : [{ quota: `requests.${resourceName(gpu, placement)}`, amount: gpu.count, of: 'gpus' }];
  return [...gpus, ...one, ...cores];
}
