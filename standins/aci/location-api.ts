// What a region offers and how much of the subscription's quotas is in use there.
import { ArmFault } from '../wire/arm-error';
import { json } from '../wire/handler';
import type { Action } from './context';
import { CPU_LIMITS, gpuLimits, type GpuSku, normalRegion } from './gpu-offer';
import { usagesOf } from './quota';

export const listUsages: Action = ({ groups, settings }, _request, match) => {
  const subscription = match.param('subscription');
  const region = normalRegion(match.param('location'));
  const held = groups
    .list(subscription)
    .filter(({ definition }) => normalRegion(definition.location) === region)
    .map(({ resources }) => resources);
  const value = usagesOf(settings.quotas, held).map(({ name, used, limit }) => ({
    id: `/subscriptions/${subscription}/providers/Microsoft.ContainerInstance/locations/${region}/usages/${name}`,
    unit: 'Count',
    currentValue: used,
    limit,
    name: { value: name, localizedValue: name.replaceAll(/([a-z])([A-Z])/g, '$1 $2') },
  }));
  return json(200, { value });
};

export const listCapabilities: Action = ({ settings }, _request, match) => {
  const region = normalRegion(match.param('location'));
  const row = (ipAddressType: string, gpu: GpuSku | 'None'): unknown => {
    const limits = gpu === 'None' ? CPU_LIMITS : gpuLimits(gpu, MOST_GPUS);
    return {
      resourceType: 'containerGroups',
      osType: 'Linux',
      location: region.toUpperCase(),
      ipAddressType,
      gpu,
      capabilities: {
        maxMemoryInGB: limits?.maxMemoryInGB,
        maxCpu: limits?.maxCpu,
        maxGpuCount: gpu === 'None' ? 0 : MOST_GPUS,
      },
    };
  };
  const gpuRows = (settings.gpuOffer[region] ?? []).map((sku) => row('Public', sku));
  return json(200, { value: [row('Public', 'None'), row('Private', 'None'), ...gpuRows] });
};

const MOST_GPUS = 4;

/** Answers a poll of an operation. Its group may have been gone for long. */
export const getOperation: Action = ({ operations }, _request, match) => {
  const id = match.param('operation');
  const operation = operations.read(id);
  if (operation) return json(200, operation);
  throw new ArmFault(404, 'OperationNotFound', `The operation '${id}' was not found.`);
};
