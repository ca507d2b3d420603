// Volumes of a pod that no job can have: why, and what would give its program the same.
import { isMapping, type Reader } from '../reader';

const CLAIM =
  'make a claim for it in the cluster, mount it by persistentVolumeClaim, and have the placement offer it: "volumes": { NAME: { "claim": CLAIM } }';

const REFUSALS: Readonly<Record<string, string>> = {
  secret:
    'a secret reaches a program as a variable: name each key in env by valueFrom.secretKeyRef, and have the program write the file that it needs',
  configMap:
    'a job has no files of a cluster: put them into the image, or onto a volume that a placement offers ("volumes": { NAME: { "claim": CLAIM } }), and mount that by persistentVolumeClaim; single values can be variables',
  projected: 'a job has no files of a cluster: give secrets as variables, and files by the image or a claim',
  downwardAPI:
    'a job is no pod with such fields; it finds its own id in GPU_JOBS_JOB and its attempt in GPU_JOBS_ATTEMPT',
  csi: 'a secret reaches a program as a variable: name each in env by valueFrom.secretKeyRef; of any other driver the volume must name its `driver`',
  hostPath: `a job gets nothing of its host's; if data lies there, ${CLAIM}`,
  gitRepo: 'have the command clone the repository (git clone), or put it into the image',
  image: 'copy its files into the image of the program',
  azureFile: 'it must name its shareName, a text',
  persistentVolumeClaim: 'it must name its claimName, a text',
};

/** The message about a volume that is mounted. */
export function refusedKind({ value }: Reader): string {
  const kinds = isMapping(value) ? Object.keys(value).filter((key) => key !== 'name') : [];
  const kind = kinds[0] ?? 'none';
  const advice = Object.hasOwn(REFUSALS, kind) ? REFUSALS[kind] : undefined;
  return `is refused (of the kind ${kind}): ${advice ?? CLAIM}`;
}
