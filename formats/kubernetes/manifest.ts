// The spec as the manifest of the Kubernetes Job that a placement on a cluster would create, for people.
import { expiresAt } from '../../domain/attempt/deadlines';
import { deadlinesOf, type EnvValue, type JobSpec, pointerOf } from '../../domain/spec/job-spec';
import { resourceOfSku } from '../../manifests/gpu-resource';
import { jobManifest, type JobPart, type PlacementPart } from '../../manifests/job-manifest';
import type { Note } from '../document';
import { yamlText } from '../source/yaml-text';
import { nameFor } from './manifest-name';
import { VAULT_SECRET } from './secret-name';

export interface Manifest {
  /**
   * YAML that `kubectl apply` takes, and this project too: read back it is the same spec with its defaults written out.
   */
  readonly text: string;
  /** What the reader of the manifest must see to; `where` points into the spec. */
  readonly notes: readonly Note[];
}

/** A placement adds its own to this: nodes, labels, a service account, a queue. */
const PLAIN_PLACEMENT: PlacementPart = { podSecurity: 'restricted' };

/**
 * What a job gets only when it is created is left out: its marks, the variables that name it, its own Secret. A literal
 * secret goes nowhere.
 */
export function kubernetesManifest(spec: JobSpec): Manifest {
  const job: JobPart = {
    name: nameFor(spec),
    labels: {},
    annotations: {},
    environment: {},
    livesS: expiresAt(0, deadlinesOf(spec)) / 1000,
    secretOf: (name, value) => ({ name: VAULT_SECRET, key: keyOf(name, value) }),
    pullSecrets: [],
    gpuResource: spec.gpu?.sku === undefined ? undefined : resourceOfSku(spec.gpu.sku),
    resources: spec.resources,
    mounts: (spec.volumes ?? []).map(({ name, path, readOnly }) => ({
      volume: name,
      source: { persistentVolumeClaim: { claimName: name } },
      path,
      readOnly,
    })),
    identity: spec.identity === undefined ? undefined : { serviceAccount: spec.identity },
  };
  return { text: yamlText(jobManifest(spec, PLAIN_PLACEMENT, job)), notes: notesFor(spec) };
}

function keyOf(variable: string, value: Exclude<EnvValue, string>): string {
  return 'secretRef' in value ? value.secretRef : variable.replaceAll('_', '-');
}

function notesFor(spec: JobSpec): Note[] {
  const notes = Object.entries(spec.env ?? {}).flatMap(([name, value]): Note[] => {
    if (typeof value === 'string') return [];
    const what =
      'secretRef' in value
        ? 'on a cluster it is read from'
        : 'is not written into the manifest; on a cluster it is read from';
    const message = `${what} the key ${keyOf(name, value)} of the Secret ${VAULT_SECRET}, which you must create`;
    return [
      {
        kind: 'secure' in value ? 'warning' : 'translated',
        where: { pointer: pointerOf(['env', name]) },
        message,
      },
    ];
  });
  for (const [index, { name }] of (spec.volumes ?? []).entries())
    notes.push({
      kind: 'translated',
      where: { pointer: pointerOf(['volumes', index]) },
      message: `on a cluster is the claim ${name}, which must be there`,
    });
  if (spec.identity !== undefined)
    notes.push({
      kind: 'translated',
      where: { pointer: '/identity' },
      message: `on a cluster is the service account ${spec.identity}, which must be there`,
    });
  for (const member of ['outputs', 'checkpoints'] as const)
    if (spec[member] !== undefined)
      notes.push({
        kind: 'warning',
        where: { pointer: `/${member}` },
        message: 'is kept for this runner; a cluster by itself mounts nothing there',
      });
  if (spec.registry !== undefined)
    notes.push({
      kind: 'warning',
      where: { pointer: '/registry' },
      message:
        'is kept for this runner; a cluster needs its own right to pull (imagePullSecrets, or az aks update --attach-acr)',
    });
  return notes;
}
