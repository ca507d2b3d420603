// How many GPUs a region really has. A quota is a promise; this is the hardware.
import { normalRegion } from './gpu-offer';
import type { GroupResources } from './groups/group-resources';

/** Whether `asked` still fits beside what the running groups of its region hold. */
export function hasCapacity(
  capacity: Readonly<Record<string, number>>,
  location: string,
  running: readonly GroupResources[],
  asked: GroupResources,
): boolean {
  const { gpu } = asked;
  if (!gpu) return true;
  const there = capacity[`${normalRegion(location)}/${gpu.sku}`];
  if (there === undefined) return true;
  const held = running.reduce(
    (total, other) => total + (other.gpu?.sku === gpu.sku ? other.gpu.count : 0),
    0,
  );
  return held + gpu.count <= there;
}
