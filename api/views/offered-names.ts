// What specs may name at a placement: volumes, identities, and how outputs and checkpoints are kept. Pure.
import { checkpointsVolume, keepsOutputsByUrl, outputsVolume } from '../../domain/placement/kept-volumes';
import type { Placement } from '../../domain/placement/placement';
import { allowsName, type Policy } from '../../domain/spec/policy';
import type { PlacementView } from '../placements';

/** Names alone, never what stands behind them. Names that a policy keeps from every spec are left out. */
export function offeredNames(
  placement: Placement,
  deployment: Policy | undefined,
): NonNullable<PlacementView['offers']> {
  const { volumes = {}, identities = {}, policy } = placement;
  const isOpen = (what: 'volumes' | 'identities', name: string): boolean =>
    [policy, deployment].every((one) => one === undefined || allowsName(one, what, name));
  return {
    volumes: Object.entries(volumes)
      .filter(([name]) => isOpen('volumes', name))
      .map(([name, { readOnly, images }]) => ({
        name,
        readOnly: readOnly === true,
        ...(images !== undefined && { images }),
      })),
    identities: Object.entries(identities)
      .filter(([name]) => isOpen('identities', name))
      .map(([name, { images }]) => ({ name, ...(images !== undefined && { images }) })),
    outputs: outputsBy(placement),
    checkpoints: checkpointsVolume(placement) !== undefined,
  };
}

function outputsBy(placement: Placement): NonNullable<PlacementView['offers']>['outputs'] {
  if (outputsVolume(placement) !== undefined) return 'volume';
  return keepsOutputsByUrl(placement) ? 'address' : 'none';
}
