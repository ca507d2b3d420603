// What a placement on a cluster makes of a wish, and what the workload would count against. Pure.
import type { Count, Offer } from '../../domain/backend/offer';
import { isSameName } from '../../domain/parse/any-case';
import type { ChosenGpu } from '../../domain/spec/gpu';
import { type Resources, resourcesOf } from '../../domain/spec/resources';
import type { Wish } from '../../domain/spec/wish';
import { nodeShare } from './node-share';
import type { KubernetesPlacement } from './placement';
import { resourceOfGpu } from './resource-of-gpu';

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
  return resourceOfGpu(gpus.find(({ sku }) => isSameName(sku, chosen)) ?? { sku: chosen });
}

/** Of a node, where the placement says what its nodes are. */
export function shareOf(
  gpu: ChosenGpu | undefined,
  { gpus }: Pick<KubernetesPlacement, 'gpus'>,
): Resources | undefined {
  const entry = gpu && gpus.find(({ sku }) => isSameName(sku, gpu.sku));
  return gpu && entry?.node && nodeShare(entry.node, gpu, resourceOfGpu(entry));
}

/**
 * By the names under which a ResourceQuota limits them (docs/facts/kubernetes.md#quotas). Requests equal limits,
 * because the Job gives limits alone.
 */
function countsOf(
  { cpu, memoryGb }: Resources,
  gpu: ChosenGpu | undefined,
  placement: Pick<KubernetesPlacement, 'gpus'>,
): Count[] {
  const counts = (amount: number, of: Count['of'], quotas: readonly string[]): Count[] =>
    quotas.map((quota) => ({ quota, amount, of }));
  return [
    ...(gpu === undefined ? [] : [gpuCount(gpu, placement)]),
    ...counts(1, 'workloads', ['pods', 'count/pods', 'count/jobs.batch']),
    ...counts(cpu, 'cores', ['cpu', 'requests.cpu', 'limits.cpu']),
    ...counts(memoryGb * 1e9, 'memory', ['memory', 'requests.memory', 'limits.memory']),
  ];
}

/** Each resource has a quota of its own: SKUs of one resource share it, others take nothing of it. */
function gpuCount(gpu: ChosenGpu, placement: Pick<KubernetesPlacement, 'gpus'>): Count {
  const resource = resourceName(gpu, placement);
  const skus = placement.gpus.filter((one) => resourceOfGpu(one) === resource).map(({ sku }) => sku);
  return { quota: `requests.${resource}`, amount: gpu.count, of: 'gpus', skus };
}
