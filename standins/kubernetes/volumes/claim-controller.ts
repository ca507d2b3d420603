// Binds claims to volumes, and makes a volume for a claim whose storage class is there, as a provisioner does.
import { CONTROLLER_MANAGER } from '../access/user';
import type { KubernetesContext } from '../context';
import { createWorkQueue } from '../controllers/work-queue';
import { amounts } from '../model/amounts';
import { PERSISTENT_VOLUMES } from '../resources/resources';
import { at, type JsonObject, listAt, textAt, textOf, withAt } from '../store/json';
import type { KubeObject } from '../store/kube-object';
import { createObject } from '../writes/create-object';
import { CLAIMS, isBound, isFor, VOLUMES } from './claims';

const CLASSES = 'storageclasses.storage.k8s.io';
const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';
const SOURCE = { component: 'persistentvolume-controller' };

/** Returns what stops it. */
export function startClaimController(context: KubernetesContext): () => void {
  const { store } = context;
  const queue = createWorkQueue(context, (key) => {
    const [namespace = '', name = ''] = key.split('/');
    const claim = store.get({ resource: CLAIMS, namespace, name });
    if (claim) settle(context, claim);
  });
  const addAll = (): void => {
    for (const { metadata } of store.list(CLAIMS).items)
      queue.add(`${metadata.namespace ?? ''}/${metadata.name}`);
  };
  const unsubscribe = store.subscribe(({ resource }) => {
    if ([CLAIMS, VOLUMES, CLASSES].includes(resource)) addAll();
  });
  return () => {
    unsubscribe();
    queue.close();
  };
}

function settle(context: KubernetesContext, claim: KubeObject): void {
  const { store, events } = context;
  const volumeName = textAt(claim, 'spec', 'volumeName');
  if (isBound(claim)) {
    if (!store.get({ resource: VOLUMES, name: volumeName ?? '' })) setPhase(context, claim, 'Lost');
    return;
  }
  const fitting = store.list(VOLUMES).items.find((volume) => fits(volume, claim, volumeName));
  if (fitting) {
    bind(context, claim, fitting);
    return;
  }
  if (volumeName !== undefined) return; // It waits for that one.
  const named = textAt(claim, 'spec', 'storageClassName');
  const storageClass =
    named === undefined
      ? store.list(CLASSES).items.find(({ metadata }) => metadata.annotations?.[DEFAULT_CLASS] === 'true')
      : store.get({ resource: CLASSES, name: named });
  if (storageClass) provision(context, claim, storageClass);
  else if ((named ?? '') === '')
    events.record(SOURCE, claim, {
      type: 'Normal',
      reason: 'FailedBinding',
      message: 'no persistent volumes available for this claim and no storage class is set',
    });
  else
    events.record(SOURCE, claim, {
      type: 'Warning',
      reason: 'ProvisioningFailed',
      message: `storageclass.storage.k8s.io "${named ?? ''}" not found`,
    });
}

function fits(volume: KubeObject, claim: KubeObject, volumeName: string | undefined): boolean {
  if (volumeName !== undefined) return volume.metadata.name === volumeName && isFor(volume, claim);
  const modes = listAt(volume, 'spec', 'accessModes');
  return (
    isFor(volume, claim) &&
    textAt(volume, 'status', 'phase') !== 'Bound' &&
    (textAt(volume, 'spec', 'storageClassName') ?? '') ===
      (textAt(claim, 'spec', 'storageClassName') ?? '') &&
    listAt(claim, 'spec', 'accessModes').every((mode) => modes.includes(mode)) &&
    bytesOf(at(volume, 'spec', 'capacity', 'storage')) >=
      bytesOf(at(claim, 'spec', 'resources', 'requests', 'storage'))
  );
}

function bytesOf(quantity: Parameters<typeof textOf>[0]): number {
  return amounts({ storage: textOf(quantity ?? '0') })['storage'] ?? 0;
}

function bind({ store }: KubernetesContext, claim: KubeObject, volume: KubeObject): void {
  const { name, namespace = '', uid } = claim.metadata;
  const claimRef = { kind: 'PersistentVolumeClaim', apiVersion: 'v1', namespace, name, uid };
  store.update({ resource: VOLUMES, name: volume.metadata.name }, (current) => ({
    ...current,
    spec: withAt({ claim: at(current, 'spec') ?? {} }, ['claim', 'claimRef'], claimRef)['claim'],
    status: { phase: 'Bound' },
  }));
  store.update({ resource: CLAIMS, namespace, name }, (current) => ({
    ...current,
    spec: withAt({ claim: at(current, 'spec') ?? {} }, ['claim', 'volumeName'], volume.metadata.name)[
      'claim'
    ],
    status: {
      phase: 'Bound',
      accessModes: at(volume, 'spec', 'accessModes'),
      capacity: at(volume, 'spec', 'capacity'),
    },
  }));
}

function setPhase({ store }: KubernetesContext, { metadata }: KubeObject, phase: string): void {
  store.update({ resource: CLAIMS, namespace: metadata.namespace ?? '', name: metadata.name }, (current) => ({
    ...current,
    status: { phase },
  }));
}

/** A volume for this claim alone. Binding it is the next look's work. */
function provision(context: KubernetesContext, claim: KubeObject, storageClass: KubeObject): void {
  const { name, namespace, uid } = claim.metadata;
  const handle = `pvc-${uid}`;
  if (context.store.get({ resource: VOLUMES, name: handle })) return;
  const body: JsonObject = {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: handle },
    spec: {
      capacity: at(claim, 'spec', 'resources', 'requests') ?? {},
      accessModes: listAt(claim, 'spec', 'accessModes'),
      claimRef: { kind: 'PersistentVolumeClaim', apiVersion: 'v1', namespace, name, uid },
      persistentVolumeReclaimPolicy: textAt(storageClass, 'reclaimPolicy') ?? 'Delete',
      storageClassName: storageClass.metadata.name,
      csi: { driver: textAt(storageClass, 'provisioner') ?? '', volumeHandle: handle },
    },
  };
  createObject(context, {
    resource: PERSISTENT_VOLUMES,
    namespace: undefined,
    body,
    user: CONTROLLER_MANAGER,
  });
}
