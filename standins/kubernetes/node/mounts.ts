// Whether what a pod mounts is there.
import type { Pod } from '../model/pod';
import type { ObjectStore } from '../store/object-store';

/** Why a volume can't be mounted, in the kubelet's words; undefined where all can be. */
export function missingVolume(store: ObjectStore, { metadata, spec }: Pod): string | undefined {
  for (const { name: volume, secret, configMap } of spec.volumes ?? []) {
    const wanted = secret
      ? ({ resource: 'secrets', kind: 'secret', name: secret.secretName, optional: secret.optional } as const)
      : configMap &&
        ({
          resource: 'configmaps',
          kind: 'configmap',
          name: configMap.name,
          optional: configMap.optional,
        } as const);
    if (!wanted || wanted.optional === true) continue;
    const { resource, kind, name } = wanted;
    if (!store.get({ resource, namespace: metadata.namespace ?? '', name }))
      return `MountVolume.SetUp failed for volume "${volume}" : ${kind} "${name}" not found`;
  }
  return undefined;
}
