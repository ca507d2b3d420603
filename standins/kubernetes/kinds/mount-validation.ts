// What is wrong with the mounts of a container, and with the volumes of a pod (core/validation of v1.36).
import { type FieldFault, invalidValue, required } from '../answers/invalid';
import { at, type Json, objectAt, textAt } from '../store/json';

/** `field`: where the list of mounts stands. `volumes`: the names of the pod's. */
export function mountFaults(
  mounts: readonly Json[],
  field: string,
  volumes: readonly string[],
): readonly FieldFault[] {
  const paths = new Set<string>();
  return mounts.flatMap((mount, index) => {
    const place = `${field}[${index}]`;
    const name = textAt(mount, 'name') ?? '';
    const path = textAt(mount, 'mountPath') ?? '';
    const subPath = textAt(mount, 'subPath') ?? '';
    const faults: FieldFault[] = [];
    if (name === '') faults.push(required(`${place}.name`));
    else if (!volumes.includes(name))
      faults.push({
        reason: 'FieldValueNotFound',
        message: `Not found: ${JSON.stringify(name)}`,
        field: `${place}.name`,
      });
    if (path === '') faults.push(required(`${place}.mountPath`));
    else if (paths.has(path)) faults.push(invalidValue(`${place}.mountPath`, path, 'must be unique'));
    paths.add(path);
    // The server names the list here, not the mount.
    if (subPath.startsWith('/'))
      faults.push(invalidValue(`${field}.subPath`, subPath, 'must be a relative path'));
    if (subPath.split('/').includes('..'))
      faults.push(invalidValue(`${field}.subPath`, subPath, "must not contain '..'"));
    return faults;
  });
}

/** What each source of a volume must name. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  secret: ['secretName'],
  configMap: ['name'],
  persistentVolumeClaim: ['claimName'],
  csi: ['driver'],
  azureFile: ['secretName', 'shareName'],
};

/** `field`: where the volume stands. */
export function sourceFaults(volume: Json, field: string): readonly FieldFault[] {
  return Object.keys(objectAt(volume)).flatMap((source) =>
    (NEEDED[source] ?? []).flatMap((member) =>
      (textAt(at(volume, source), member) ?? '') === '' ? [required(`${field}.${source}.${member}`)] : [],
    ),
  );
}
