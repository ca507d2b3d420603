// What a placement's own names of volumes and identities mean on its cluster. Pure.
import { TerminalError } from '../../domain/errors';
import type { CreateRequest } from '../../domain/ports/compute-backend';
import type { JobSpec } from '../../domain/spec/job-spec';
import type { PodMount } from '../../manifests/pod-mounts';
import type { KubernetesPlacement } from './placement';

type Placement = Pick<KubernetesPlacement, 'name' | 'volumes' | 'identities'>;
type Volume = NonNullable<KubernetesPlacement['volumes']>[string];

/** Throws TerminalError for a volume that the placement has no more. */
export function podMountsOf({ mounts = [] }: CreateRequest, placement: Placement): PodMount[] {
  return mounts.map(({ volume, path, readOnly, subPath }) => ({
    volume,
    source: sourceOf(entryOf(placement.volumes, volume, `volume "${volume}"`, placement)),
    path,
    readOnly: readOnly || undefined,
    subPath,
  }));
}

/** Throws TerminalError for an identity that the placement has no more. */
export function identityOf(
  { identity }: JobSpec,
  placement: Placement,
): { readonly serviceAccount: string } | undefined {
  return identity === undefined
    ? undefined
    : entryOf(placement.identities, identity, `identity "${identity}"`, placement);
}

function entryOf<Entry>(
  entries: Readonly<Record<string, Entry>> | undefined,
  name: string,
  what: string,
  placement: Placement,
): Entry {
  const entry = entries !== undefined && Object.hasOwn(entries, name) ? entries[name] : undefined;
  if (entry !== undefined) return entry;
  throw new TerminalError(
    `Placement ${placement.name} offers no ${what}; its offer must have changed after the job was accepted.`,
    { placement: placement.name },
  );
}

function sourceOf(volume: Volume): object {
  if ('claim' in volume) return { persistentVolumeClaim: { claimName: volume.claim } };
  const { driver, attributes, fsType, secretName } = volume.csi;
  return {
    csi: {
      driver,
      ...(volume.readOnly === true ? { readOnly: true } : {}),
      ...(fsType === undefined ? {} : { fsType }),
      ...(attributes === undefined ? {} : { volumeAttributes: attributes }),
      ...(secretName === undefined ? {} : { nodePublishSecretRef: { name: secretName } }),
    },
  };
}
