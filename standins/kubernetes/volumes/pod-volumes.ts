// The volumes of a pod on its node: whether each is there, and the folder of this machine in which it lies.
import type { Pod } from '../model/pod';
import { at, isObject, type Json, objectAt, textAt, textOf } from '../store/json';
import type { KubeObject } from '../store/kube-object';
import { volumeBehind } from './claims';
import type { NodeDisk } from './node-disk';
import { projectedTokens, type TokenPorts } from './projected-tokens';

export interface VolumePorts extends TokenPorts {
  /** Undefined where programs are scripts, which read no files. */
  readonly disk?: NodeDisk | undefined;
}

type Volume = NonNullable<Pod['spec']['volumes']>[number];

/** What keeps a volume from being mounted, in words of the kubelet's. */
class Missing extends Error {
  override readonly name = 'Missing';
}

export type Prepared =
  | { readonly kind: 'missing'; readonly message: string }
  /** Folders by the volume's name; volumes of other kinds are not mounted here. */
  | { readonly kind: 'ready'; readonly folders: ReadonlyMap<string, string> };

/** Makes the folders of all volumes of a pod. */
export function prepareVolumes(ports: VolumePorts, pod: Pod): Prepared {
  const folders = new Map<string, string>();
  for (const volume of pod.spec.volumes ?? []) {
    try {
      const folder = folderOf(ports, pod, volume);
      if (folder !== undefined) folders.set(volume.name, folder);
    } catch (error) {
      if (!(error instanceof Missing)) throw error;
      return { kind: 'missing', message: error.message };
    }
  }
  return { kind: 'ready', folders };
}

/** @throws Missing */
function folderOf(ports: VolumePorts, pod: Pod, volume: Volume): string | undefined {
  const { disk } = ports;
  const { name, emptyDir, secret, configMap, persistentVolumeClaim, csi, azureFile, projected } = volume;
  const own = (files?: ReadonlyMap<string, Buffer>): string | undefined =>
    disk?.own(pod.metadata.uid, name, files);
  if (emptyDir) return own();
  if (projected) return disk && own(projectedTokens(ports, pod, projected.sources ?? []));
  if (secret) return own(filesOf(ports, pod, volume, { ...secret, kind: 'secret', of: secret.secretName }));
  if (configMap)
    return own(filesOf(ports, pod, volume, { ...configMap, kind: 'configmap', of: configMap.name }));
  if (csi) {
    const { nodePublishSecretRef, volumeAttributes = {} } = csi;
    const set = `MountVolume.SetUp failed for volume "${name}" : `;
    const secretName = volumeAttributes['secretName'] ?? nodePublishSecretRef?.name;
    return mounted(ports, pod, csi.driver, `${name}-${pod.metadata.uid}`, set, volumeAttributes, secretName);
  }
  if (azureFile) {
    const set = `MountVolume.SetUp failed for volume "${name}" : `;
    const attributes = { shareName: azureFile.shareName };
    return mounted(ports, pod, FILES, name, set, attributes, azureFile.secretName);
  }
  return persistentVolumeClaim ? claimed(ports, pod, persistentVolumeClaim.claimName) : undefined;
}

/** Drivers that nodes of AKS have. */
const FILES = 'file.csi.azure.com';
const DISKS = 'disk.csi.azure.com';

function claimed(ports: VolumePorts, pod: Pod, claim: string): string | undefined {
  const volume = volumeBehind(ports.store, pod, claim);
  const csi = objectAt(volume, 'spec', 'csi');
  const set = `MountVolume.MountDevice failed for volume "${volume?.metadata.name ?? ''}" : `;
  const attributes = Object.fromEntries(
    Object.entries(objectAt(csi, 'volumeAttributes')).map(([name, value]) => [name, textOf(value)]),
  );
  const driver = textAt(csi, 'driver');
  if (driver === undefined) return undefined;
  const secretName = textAt(csi, 'nodeStageSecretRef', 'name');
  return mounted(ports, pod, driver, textAt(csi, 'volumeHandle') ?? '', set, attributes, secretName);
}

/** `set`: how the kubelet's message begins. A share without a name was made for its claim. */
function mounted(
  { store, disk }: VolumePorts,
  { metadata }: Pod,
  driver: string,
  handle: string,
  set: string,
  attributes: Readonly<Record<string, string>>,
  secretName: string | undefined,
): string | undefined {
  if (driver !== FILES && driver !== DISKS)
    throw new Missing(
      `${set}kubernetes.io/csi: driver name ${driver} not found in the list of registered CSI drivers`,
    );
  const share = attributes['shareName'];
  if (driver === DISKS || share === undefined) return disk?.disk(handle);
  const namespace = attributes['secretNamespace'] ?? metadata.namespace ?? '';
  const secret =
    secretName === undefined ? undefined : store.get({ resource: 'secrets', namespace, name: secretName });
  if (secretName !== undefined && !secret)
    throw new Missing(`${set}rpc error: code = Internal desc = secrets "${secretName}" not found`);
  const account = attributes['storageAccount'] ?? decoded(textAt(secret, 'data', 'azurestorageaccountname'));
  const folder = disk?.share(account, share);
  if (disk && folder === undefined)
    throw new Missing(
      `${set}rpc error: code = Internal desc = volume(${handle}) mount "//${account}.file.core.windows.net/${share}" failed with mount failed: exit status 32. Output: mount error(2): No such file or directory`,
    );
  return folder;
}

interface FileSource {
  readonly kind: 'secret' | 'configmap';
  readonly of: string;
  readonly items?: readonly { readonly key: string; readonly path: string }[] | undefined;
  readonly optional?: boolean | undefined;
}

/** What a secret or a config map has, as files. @throws Missing */
function filesOf(
  { store }: VolumePorts,
  { metadata: { namespace = '' } }: Pod,
  { name: volume }: Volume,
  { kind, of: name, items, optional }: FileSource,
): ReadonlyMap<string, Buffer> {
  const resource = kind === 'secret' ? 'secrets' : 'configmaps';
  const set = `MountVolume.SetUp failed for volume "${volume}" : `;
  const object = store.get({ resource, namespace, name });
  if (!object) {
    if (optional === true) return new Map();
    throw new Missing(`${set}${kind} "${name}" not found`);
  }
  const held = contentsOf(object, kind);
  if (items === undefined) return held;
  return new Map(
    items.flatMap(({ key, path }): [string, Buffer][] => {
      const content = held.get(key);
      if (content !== undefined) return [[path, content]];
      if (optional === true) return [];
      throw new Missing(
        `${set}references non-existent ${kind === 'secret' ? 'secret' : 'config'} key: ${key}`,
      );
    }),
  );
}

function contentsOf(object: KubeObject, kind: FileSource['kind']): ReadonlyMap<string, Buffer> {
  const texts = (of: Json | undefined, encoding: BufferEncoding): [string, Buffer][] =>
    isObject(of) ? Object.keys(of).map((key) => [key, Buffer.from(textAt(of, key) ?? '', encoding)]) : [];
  return new Map([
    ...texts(at(object, 'data'), kind === 'secret' ? 'base64' : 'utf8'),
    ...texts(at(object, 'binaryData'), 'base64'),
  ]);
}

function decoded(base64: string | undefined): string {
  return Buffer.from(base64 ?? '', 'base64').toString('utf8');
}
