// The volumes of a pod and the mounts of its container -> the spec's volumes and scratch. Those that brought a GPU's
// driver along are not needed; what a job can't have is refused where it is mounted, with what would work.
import { gigabytesOf, parseQuantity } from '../../manifests/quantity';
import type { Draft } from '../draft';
import { MountsDraft, type OfferedVolume } from '../offered';
import { isMapping, type Reader } from '../reader';
import { checkFields, type FieldRules, ignored, READ, refused, SILENT } from './field-rules';
import { refusedKind } from './volume-refusals';

/**
 * Where nodes keep the driver's libraries, tools and devices (docs/facts/kubernetes.md#old-gpu-resource); data lies
 * elsewhere.
 */
const DRIVER_PATH = /^\/(usr|dev|lib|lib64|run|home\/kubernetes\/bin)\/(.*\/)?(nvidia|libnvidia|libcuda)/;

const PART =
  'is refused: a job mounts a whole volume. Mount the volume and have the program take the folder in it, or make a claim of that folder';

const MOUNT_RULES: FieldRules = {
  name: READ,
  mountPath: READ,
  readOnly: READ,
  recursiveReadOnly: SILENT,
  subPath: READ,
  subPathExpr: refused(PART),
  mountPropagation: ignored('has no effect: nothing is mounted within a mount', ['None']),
};

/** Drafts `volumes` and `scratch`. */
export function draftVolumes(volumes: Reader, mounts: Reader, draft: Draft): void {
  const named = new Map<string, Reader>();
  for (const volume of volumes.present ? volumes.items() : [])
    named.set(volume.at('name').text() ?? '', volume);
  const all = mounts.present ? mounts.items() : [];
  const mounted = new Set(all.map((mount) => mount.at('name').value));
  for (const [name, volume] of named) {
    if (isDriver(volume))
      volume.ignored("is dropped: it is the host's GPU driver, which every placement with GPUs brings along");
    else if (isToken(volume))
      volume.ignored("is dropped: it holds the cluster's own token, which is nothing to a job");
    else if (!mounted.has(name)) volume.ignored('has no effect: the container does not mount it');
  }
  const drafted = new MountsDraft(draft);
  const scratch = new Set<string>();
  for (const mount of all) {
    checkFields(mount, MOUNT_RULES, 'a mount');
    const name = mount.at('name').text() ?? '';
    const volume = named.get(name);
    if (volume === undefined) mount.problem('mounts a volume that the pod does not name');
    else if (isDriver(volume) || isToken(volume)) mount.ignored(`is dropped with its volume ${name}`);
    else draftMount(mount, volume, drafted, scratch);
  }
}

/** `scratch`: the empty directories, or folders of one, that are mounted already. */
function draftMount(mount: Reader, volume: Reader, drafted: MountsDraft, scratch: Set<string>): void {
  const path = mount.at('mountPath');
  if (!path.present) {
    mount.problem('has no mountPath');
    return;
  }
  const [emptyDir, ephemeral] = [volume.at('emptyDir'), volume.at('ephemeral')];
  if (emptyDir.present || ephemeral.present || isMere(volume)) {
    const folder = `${volume.pointer} ${JSON.stringify(mount.at('subPath').value ?? '')}`;
    if (scratch.has(folder))
      mount.problem('mounts an empty volume for the second time; a job has each at one path');
    scratch.add(folder);
    const limit = ephemeral.present ? requestOf(ephemeral) : emptyDir.at('sizeLimit');
    drafted.scratch({ mount, path }, { ...draftEmptyDir(emptyDir), ...sizeOf(limit) });
    return;
  }
  const offered = offeredOf(volume);
  if (offered === undefined) {
    volume.problem(refusedKind(volume));
    return;
  }
  if (mount.at('subPath').present && mount.at('subPath').value !== '') mount.at('subPath').problem(PART);
  drafted.volume({ mount, path, readOnly: readOnlyOf(mount, volume) }, offered);
}

function draftEmptyDir(emptyDir: Reader): { memory?: boolean } {
  checkFields(emptyDir, { medium: READ, sizeLimit: READ }, 'an emptyDir');
  const medium = emptyDir.at('medium');
  if (!medium.present || medium.value === '') return {};
  if (medium.value === 'Memory') return { memory: true };
  medium.problem('is refused: scratch lies on a disk, or in memory ("Memory")');
  return {};
}

function sizeOf(limit: Reader): { sizeGb?: number; limit?: Reader } {
  if (!limit.present) return {};
  const { value } = limit;
  const nanos = typeof value === 'string' || typeof value === 'number' ? parseQuantity(value) : undefined;
  if (nanos === undefined) {
    limit.problem('must be a quantity such as 8Gi');
    return {};
  }
  return { sizeGb: gigabytesOf(nanos), limit };
}

/** The size of a volume that is made for the pod alone. */
function requestOf(ephemeral: Reader): Reader {
  ephemeral.translated('is scratch: a volume for this pod alone, made empty and gone with it');
  return ephemeral.at('volumeClaimTemplate').at('spec').at('resources').at('requests').at('storage');
}

/** A volume without a kind is an empty directory, as the API server has it. */
function isMere({ value }: Reader): boolean {
  return isMapping(value) && Object.keys(value).every((key) => key === 'name');
}

/** What a placement must offer; undefined for a kind that none can. */
function offeredOf(volume: Reader): OfferedVolume | undefined {
  const claim = volume.at('persistentVolumeClaim').at('claimName').value;
  if (typeof claim === 'string') return { called: claim, identity: `claim ${claim}`, entry: { claim } };
  const azureFile = volume.at('azureFile');
  if (azureFile.present) {
    const [share, secret] = [azureFile.at('shareName').value, azureFile.at('secretName').value];
    if (typeof share !== 'string') return undefined;
    return ofShare(share, {
      shareName: share,
      ...(typeof secret === 'string' ? { secretName: secret } : {}),
    });
  }
  return ofCsi(volume);
}

const FILES = 'file.csi.azure.com';
/** Drivers whose volumes are files that a cluster makes of secrets. */
const SECRET_DRIVERS: readonly string[] = ['secrets-store.csi.k8s.io'];

function ofCsi(volume: Reader): OfferedVolume | undefined {
  const [driver, attributes] = [volume.at('csi').at('driver').value, volume.at('csi').at('volumeAttributes')];
  if (typeof driver !== 'string' || SECRET_DRIVERS.includes(driver)) return undefined;
  const share = attributes.at('shareName').value;
  if (driver === FILES && typeof share === 'string') return ofShare(share, attributes.value);
  const name = String(volume.at('name').value);
  return {
    called: name,
    identity: `volume ${name} of ${driver}`,
    entry: { csi: { driver, ...(attributes.present ? { attributes: attributes.value } : {}) } },
  };
}

function ofShare(share: string, attributes: unknown): OfferedVolume {
  return {
    called: share,
    identity: `share ${share} with ${JSON.stringify(attributes)}`,
    entry: { csi: { driver: FILES, attributes } },
  };
}

/** Undefined where neither the mount nor the volume says anything. */
function readOnlyOf(mount: Reader, volume: Reader): boolean | undefined {
  const said = ['persistentVolumeClaim', 'azureFile', 'csi'].some(
    (kind) => volume.at(kind).at('readOnly').value === true,
  );
  if (said) return true;
  return mount.at('readOnly').present ? mount.at('readOnly').boolean() : undefined;
}

function isDriver(volume: Reader): boolean {
  const path = volume.at('hostPath').at('path').value;
  return typeof path === 'string' && DRIVER_PATH.test(path);
}

/** Clusters put it into every pod, so printed pods have it. */
function isToken(volume: Reader): boolean {
  const name = volume.at('name').value;
  return typeof name === 'string' && name.startsWith('kube-api-access-') && volume.at('projected').present;
}
