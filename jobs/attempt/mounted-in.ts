// What an attempt's workload mounts in its placement, and which keys that takes.
import type { AttemptRow } from '../../domain/attempt/attempt';
import { type Mounted, mountedOf } from '../../domain/placement/mounts';
import type { NamedResources } from '../../domain/placement/named-resources';
import type { JobSpec } from '../../domain/spec/job-spec';
import type { StoryPorts } from '../ports';

export interface MountedIn extends Mounted {
  /** By the name of a volume, the secret in the key vault with the key of its share's account. */
  readonly keyRefs: Readonly<Record<string, string>>;
}

/** By the configuration as it is now; a placement that is no longer configured has nothing to mount. */
export function mountedIn(
  ports: StoryPorts,
  { placement: name, jobId, number }: Pick<AttemptRow, 'placement' | 'jobId' | 'number'>,
  spec: JobSpec,
): MountedIn {
  const placement: NamedResources = ports.placements.find((candidate) => candidate.name === name) ?? {};
  const { traits } = ports.factsOf(name);
  const mounted = mountedOf(spec, placement, traits, { jobId, attempt: number });
  if (!traits.volumeKeys) return { ...mounted, keyRefs: {} };
  const keyRefs = mounted.mounts.flatMap(({ volume }) => {
    const keyRef = placement.volumes?.[volume]?.share?.keyRef;
    return keyRef === undefined ? [] : [[volume, keyRef] as const];
  });
  return { ...mounted, keyRefs: Object.fromEntries(keyRefs) };
}
