// What a container group can say, a spec can't, and no placement holds.
import type { GpuRequest } from '../../domain/spec/gpu';

interface Unsupported {
  readonly gpu?: GpuRequest | undefined;
  /** `osType` of a group. */
  readonly os?: 'Linux' | 'Windows' | undefined;
  readonly priority?: 'Regular' | 'Spot' | undefined;
  /** Whether the group is to run in a virtual network (`subnetIds`). */
  readonly inVirtualNetwork?: boolean | undefined;
}

/**
 * Why such a group can't run, for a person; undefined when it can (docs/facts/container-instances.md#gpu-constraints).
 */
export function unsupported(of: Unsupported): string | undefined {
  if (of.os === 'Windows')
    return of.gpu === undefined
      ? 'runs Linux containers only'
      : 'runs Linux containers only; GPUs never came with Windows';
  if (of.gpu === undefined) return undefined;
  if (of.priority === 'Spot') return 'gives no GPU at Spot priority; use Regular';
  if (of.inVirtualNetwork === true) return 'gives no GPU in a virtual network; leave the subnets out';
  return undefined;
}
