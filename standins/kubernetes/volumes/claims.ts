// Claims of volumes as pods meet them: whether one can be used, and what lies behind it.
import type { Pod } from '../model/pod';
import { at, textAt } from '../store/json';
import type { KubeObject } from '../store/kube-object';
import type { ObjectStore } from '../store/object-store';

export const CLAIMS = 'persistentvolumeclaims';
export const VOLUMES = 'persistentvolumes';

/**
 * Why no node can take the pod for its claims, in the scheduler's words (v1.33's volume_binding.go); undefined where
 * all can be used.
 */
export function claimTrouble(store: ObjectStore, { metadata, spec }: Pod): string | undefined {
  const names = (spec.volumes ?? []).flatMap(({ persistentVolumeClaim: claim }) => claim?.claimName ?? []);
  const claims = names.map((name) => ({ name, claim: claimOf(store, metadata.namespace, name) }));
  for (const { name, claim } of claims) {
    if (!claim) return `persistentvolumeclaim "${name}" not found`;
    const volume = textAt(claim, 'spec', 'volumeName') ?? '';
    if (textAt(claim, 'status', 'phase') === 'Lost')
      return `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${volume}"`;
    if (claim.metadata.deletionTimestamp !== undefined)
      return `persistentvolumeclaim "${name}" is being deleted`;
  }
  return claims.every(({ claim }) => isBound(claim))
    ? undefined
    : 'pod has unbound immediate PersistentVolumeClaims';
}

export function isBound(claim: KubeObject | undefined): boolean {
  return textAt(claim, 'status', 'phase') === 'Bound';
}

function claimOf(store: ObjectStore, namespace: string | undefined, name: string): KubeObject | undefined {
  return store.get({ resource: CLAIMS, namespace: namespace ?? '', name });
}

/** The volume behind a claim of a pod's namespace; undefined where there is none. */
export function volumeBehind(store: ObjectStore, { metadata }: Pod, claim: string): KubeObject | undefined {
  const name = textAt(claimOf(store, metadata.namespace, claim), 'spec', 'volumeName');
  return name === undefined ? undefined : store.get({ resource: VOLUMES, name });
}

/** Whether the volume is held for this claim, or for none. */
export function isFor(volume: KubeObject, { metadata }: KubeObject): boolean {
  const held = at(volume, 'spec', 'claimRef');
  return (
    held === undefined ||
    (textAt(held, 'name') === metadata.name && textAt(held, 'namespace') === metadata.namespace)
  );
}
