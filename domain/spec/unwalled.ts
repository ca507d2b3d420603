// Volumes that a policy keeps from specs, and that a platform could mount only whole: outputs there would be a way in.
import type { Traits } from '../backend/traits';
import { checkpointsVolume, outputsVolume } from '../placement/kept-volumes';
import type { NamedResources } from '../placement/named-resources';
import { allowsName, type Policy } from './policy';
import type { Wish } from './wish';

/**
 * Why the placement would open to the job what a policy keeps from specs, for a person; undefined where it would not.
 * Where a mount may be one folder, a job sees its own alone, and no policy need name the volume.
 */
export function unwalled(
  wish: Wish,
  placement: NamedResources,
  traits: Traits,
  policies: readonly (Policy | undefined)[],
): string | undefined {
  if (traits.subPath) return undefined;
  const kept = {
    outputs: wish.outputs === undefined ? undefined : outputsVolume(placement),
    checkpoints: wish.checkpoints === undefined ? undefined : checkpointsVolume(placement),
  };
  for (const [what, volume] of Object.entries(kept))
    if (volume !== undefined && policies.some((policy) => !allowsName(policy ?? {}, 'volumes', volume)))
      return `would mount the whole volume "${volume}" for ${what}, where other jobs' are, too, and a policy keeps that volume from specs: let the policy's "volumes" name it, or keep ${what} elsewhere`;
  return undefined;
}
