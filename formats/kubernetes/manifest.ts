// The spec as the manifest of a Kubernetes Job that does the same, as far as Kubernetes has words for it.
import { deadlinesOf, type JobSpec, pointerOf, resourcesOf } from '../../domain/spec/job-spec';
import type { Note } from '../document';
import { yamlText } from '../source/yaml-text';
import { escapeReferences } from './expansion';
import { labelsFor, nameFor } from './manifest-names';
import { jobRetry } from './manifest-retry';
import { coresQuantity, memoryQuantity } from './quantity';
import { GPU_RESOURCE } from './resources';
import { VAULT_SECRET } from './secret-name';
import { SPEC_ANNOTATION } from './spec-annotation';

export interface Manifest {
  /**
   * YAML that `kubectl apply` takes, and this project too: read back it is the same spec with its defaults written out.
   */
  readonly text: string;
  /** What the reader of the manifest must see to; `where` points into the spec. */
  readonly notes: readonly Note[];
}

/** What Kubernetes has no words for goes into the annotation `gpu-job-runner/spec`; a literal secret goes nowhere. */
export function kubernetesManifest(spec: JobSpec): Manifest {
  const { cpu, memoryGb } = resourcesOf(spec);
  const { labels, others } = labelsFor(spec);
  const annotation = annotationFor(spec, others);
  const pod = {
    restartPolicy: 'Never',
    activeDeadlineSeconds: deadlinesOf(spec).running,
    ...(spec.aks?.nodeSelector === undefined ? {} : { nodeSelector: spec.aks.nodeSelector }),
    ...(spec.aks?.tolerations === undefined ? {} : { tolerations: spec.aks.tolerations }),
    containers: [
      {
        name: 'program',
        image: spec.image,
        ...(spec.command === undefined ? {} : { command: spec.command.map(escapeReferences) }),
        ...(spec.args === undefined ? {} : { args: spec.args.map(escapeReferences) }),
        ...(spec.env === undefined ? {} : { env: environmentFor(spec.env) }),
        resources: {
          limits: {
            cpu: coresQuantity(cpu),
            memory: memoryQuantity(memoryGb),
            ...(spec.gpu === undefined ? {} : { [GPU_RESOURCE]: spec.gpu.count }),
          },
        },
      },
    ],
  };
  const manifest = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: nameFor(spec),
      ...(Object.keys(labels).length === 0 ? {} : { labels }),
      ...(annotation === undefined ? {} : { annotations: { [SPEC_ANNOTATION]: annotation } }),
    },
    spec: { ...jobRetry(spec), template: { spec: pod } },
  };
  return { text: yamlText(manifest), notes: notesFor(spec) };
}

/** JSON of what a manifest can't say; undefined when there is nothing. */
function annotationFor(spec: JobSpec, labels: Readonly<Record<string, string>>): string | undefined {
  const deadlines = { ...spec.deadlines };
  delete deadlines.running; // The manifest says it.
  const rest = {
    name: spec.name === undefined || spec.name === nameFor(spec) ? undefined : spec.name,
    gpu: spec.gpu?.sku === undefined ? undefined : { sku: spec.gpu.sku },
    registry: spec.registry,
    deadlines: Object.keys(deadlines).length === 0 ? undefined : deadlines,
    placements: spec.placements,
    concurrencyKey: spec.concurrencyKey,
    idempotencyKey: spec.idempotencyKey,
    labels: Object.keys(labels).length === 0 ? undefined : labels,
  };
  return Object.values(rest).every((value) => value === undefined) ? undefined : JSON.stringify(rest);
}

function environmentFor(env: NonNullable<JobSpec['env']>): unknown[] {
  return Object.entries(env).map(([name, value]) => {
    if (typeof value === 'string') return { name, value: escapeReferences(value) };
    const key = 'secretRef' in value ? value.secretRef : name.replaceAll('_', '-');
    return { name, valueFrom: { secretKeyRef: { name: VAULT_SECRET, key } } };
  });
}

function notesFor(spec: JobSpec): Note[] {
  const notes = Object.entries(spec.env ?? {}).flatMap(([name, value]): Note[] => {
    if (typeof value === 'string') return [];
    const key = 'secretRef' in value ? value.secretRef : name.replaceAll('_', '-');
    const what =
      'secretRef' in value
        ? 'on a cluster it is read from'
        : 'is not written into the manifest; on a cluster it is read from';
    const message = `${what} the key ${key} of the Secret ${VAULT_SECRET}, which you must create`;
    return [
      {
        kind: 'secure' in value ? 'warning' : 'translated',
        where: { pointer: pointerOf(['env', name]) },
        message,
      },
    ];
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
