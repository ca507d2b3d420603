// What one object counts for in a quota, by the names that quotas use.
import type { Resource } from '../resources/resources';
import { milliOf } from '../schema/quantity';
import { type Json, listAt, objectAt, textAt, textOf } from '../store/json';
import type { KubeObject } from '../store/kube-object';

/** Amounts in thousandths, by name: `requests.nvidia.com/gpu`, `count/jobs.batch`, `pods`. */
export type Usage = ReadonlyMap<string, bigint>;

const ONE = 1000n;

/** Kinds that a quota also counts under their own name. */
const COUNTED_BY_NAME = [
  'pods',
  'secrets',
  'configmaps',
  'services',
  'persistentvolumeclaims',
  'resourcequotas',
];

export function usageOf(resource: Resource, object: KubeObject): Usage {
  const usage = new Map<string, bigint>([[`count/${resource.name}`, ONE]]);
  const over = ['Succeeded', 'Failed'].includes(textAt(object, 'status', 'phase') ?? '');
  if (resource.name === 'pods' && over) return usage;
  if (COUNTED_BY_NAME.includes(resource.name)) usage.set(resource.name, ONE);
  if (resource.name !== 'pods') return usage;
  for (const container of listAt(object, 'spec', 'containers')) {
    add(usage, 'requests', objectAt(container, 'resources', 'requests'));
    add(usage, 'limits', objectAt(container, 'resources', 'limits'));
  }
  return usage;
}

/** Plain `cpu` and `memory` mean the requests. Of a device only requests are counted. */
function add(
  usage: Map<string, bigint>,
  which: 'requests' | 'limits',
  amounts: Readonly<Record<string, Json | undefined>>,
): void {
  for (const [name, amount] of Object.entries(amounts)) {
    const device = name.includes('/');
    const names =
      which === 'requests'
        ? [`requests.${name}`, ...(device ? [] : [name])]
        : device
          ? []
          : [`limits.${name}`];
    for (const counted of names)
      usage.set(counted, (usage.get(counted) ?? 0n) + (milliOf(textOf(amount)) ?? 0n));
  }
}
