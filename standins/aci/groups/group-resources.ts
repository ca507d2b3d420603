// What a group asks for, summed over its containers, which share one host.
import { ArmFault } from '../../wire/arm-error';
import { CPU_LIMITS, gpuLimits, type GpuOffer, type GpuSku, normalRegion } from '../gpu-offer';
import type { GroupRequest } from './group-request';

export interface GroupResources {
  readonly cpu: number;
  readonly memoryInGB: number;
  readonly gpu?: { readonly sku: GpuSku; readonly count: number };
}

/** Sums the requests. All GPUs of a group are of one SKU: the first one's. */
export function resourcesOf(request: GroupRequest): GroupResources {
  const requests = request.properties.containers.map(
    ({ properties }) => properties.resources?.requests ?? {},
  );
  const gpus = requests.flatMap(({ gpu }) => (gpu ? [gpu] : []));
  const [first] = gpus;
  return {
    cpu: sum(requests.map(({ cpu }) => cpu ?? 0)),
    memoryInGB: sum(requests.map(({ memoryInGB }) => memoryInGB ?? 0)),
    ...(first && { gpu: { sku: first.sku, count: sum(gpus.map(({ count }) => count)) } }),
  };
}

/**
 * Throws the fault of a region that doesn't offer these resources, or not so much of them. The service says both in the
 * same words.
 */
export function checkOffer(location: string, resources: GroupResources, offer: GpuOffer): void {
  const { gpu } = resources;
  const offered = !gpu || (offer[normalRegion(location)] ?? []).includes(gpu.sku);
  const limits = gpu ? gpuLimits(gpu.sku, gpu.count) : CPU_LIMITS;
  const fits = limits && resources.cpu <= limits.maxCpu && resources.memoryInGB <= limits.maxMemoryInGB;
  if (!offered || !fits) throw notAvailable(location, resources);
}

/** 409 ServiceUnavailable, as reported (docs/facts/container-instances.md#capacity). */
export function notAvailable(location: string, resources: GroupResources): ArmFault {
  return new ArmFault(409, 'ServiceUnavailable', notAvailableText(location, resources));
}

export function notAvailableText(location: string, { cpu, memoryInGB, gpu }: GroupResources): string {
  const gpuText = gpu ? ` '${gpu.count}' '${gpu.sku}' GPU` : '';
  return `The requested resource is not available in the location '${normalRegion(location)}' at this moment. Please retry with a different resource request or in another location. Resource requested: '${cpu}' CPU '${memoryInGB}' GB memory 'Linux' OS${gpuText}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
