// The volumes of a group and the mounts of its container -> the spec's volumes and scratch.
import type { Draft } from '../draft';
import { MountsDraft, type WrittenMount } from '../offered';
import type { Reader } from '../reader';
import { fieldsOf } from './fields';

/** What becomes of a volume of each kind. */
const KINDS = {
  name: 'read',
  azureFile: 'read',
  emptyDir: 'read',
  secret: 'read',
  gitRepo: 'read',
} as const;

/** Why a job can't have such files, and what would give its program the same. */
const SECRET =
  'is refused: a secret reaches a program as a variable. Write each as the secureValue of an environment variable, or name a secret of the key vault in the native form, `{ "secretRef": name }`, and have the program write the file that it needs';
const GIT =
  'is refused: a job has no files of a repository. Have the command clone it (git clone), put it into the image, or onto a volume that a placement offers';

/** `properties`: of the group; `mounts`: of its container. */
export function draftVolumes(draft: Draft, volumes: Reader, mounts: Reader): void {
  const named = new Map<string, { readonly volume: Reader; readonly field: ReturnType<typeof kindsOf> }>();
  for (const volume of volumes.items()) {
    const field = kindsOf(volume);
    const name = field('name').text();
    if (name !== undefined) named.set(name.toLowerCase(), { volume, field });
  }
  const drafted = new MountsDraft(draft);
  const mounted = new Set<string>();
  for (const mount of mounts.items()) {
    const field = fieldsOf(mount, 'a mount', { name: 'read', mountPath: 'read', readOnly: 'read' });
    const name = field('name').text()?.toLowerCase() ?? '';
    const found = named.get(name);
    mounted.add(name);
    if (found === undefined) mount.problem('mounts a volume that the group does not name');
    else if (!field('mountPath').present) mount.problem('has no mountPath');
    else
      draftMount(drafted, found.volume, found.field, {
        mount,
        path: field('mountPath'),
        readOnly: field('readOnly').present ? field('readOnly').boolean() : undefined,
      });
  }
  for (const [name, { volume }] of named)
    if (!mounted.has(name)) volume.ignored('has no effect: the container does not mount it');
}

function kindsOf(volume: Reader): (name: keyof typeof KINDS) => Reader {
  return fieldsOf(volume, 'a volume', KINDS);
}

function draftMount(
  drafted: MountsDraft,
  volume: Reader,
  field: ReturnType<typeof kindsOf>,
  written: WrittenMount,
): void {
  if (field('azureFile').present) draftShare(drafted, field('azureFile'), written);
  else if (field('secret').present) field('secret').problem(SECRET);
  else if (field('gitRepo').present) field('gitRepo').problem(GIT);
  else if (field('emptyDir').present) drafted.scratch(written, {});
  else volume.problem('names no kind: it must have an azureFile or an emptyDir');
}

function draftShare(drafted: MountsDraft, azureFile: Reader, written: WrittenMount): void {
  const field = fieldsOf(azureFile, 'a share of Azure Files', {
    shareName: 'read',
    storageAccountName: 'read',
    storageAccountKey: 'read',
    storageAccountKeyReference: { refused: "the placement's own `keyRef` names the key" },
    readOnly: 'read',
  });
  const share = field('shareName').text();
  if (!field('shareName').present) azureFile.problem('has no shareName');
  if (share === undefined) return;
  if (field('storageAccountKey').present)
    field('storageAccountKey').ignored(
      'is not taken along: a placement mounts the share with the key that its `keyRef` names in the key vault',
    );
  const account = field('storageAccountName').text() ?? 'ACCOUNT';
  const isReadOnly = field('readOnly').present && field('readOnly').boolean() === true;
  drafted.volume(
    { ...written, readOnly: isReadOnly ? true : written.readOnly },
    {
      called: share,
      identity: `share ${share} of ${account}`,
      entry: {
        share: {
          url: `https://${account}.file.core.windows.net/${share}`,
          keyRef: `${account}-key`,
        },
      },
    },
  );
}
