// The annotation by which a manifest says what Kubernetes has no words for, such as the SKU of its GPU.
import { deadlinesOf, type JobSpec, retryPolicyOf } from '../domain/spec/job-spec';
import { labelsFor } from './job-labels';

/** Its value is JSON: those fields of a native spec that a manifest can't say. */
export const SPEC_ANNOTATION = 'gpu-job-runner/spec';

/**
 * The annotation of a manifest with this name. The retries are always in it, because the runner makes them, one Job for
 * each. So is the running deadline, because the deadlines of pod and Job are longer.
 */
export function annotationFor(spec: JobSpec, manifestName: string): string {
  const { attempts, rerunAfterStart, exitCodes } = retryPolicyOf(spec);
  const { others } = labelsFor(spec);
  return JSON.stringify({
    name: spec.name === undefined || spec.name === manifestName ? undefined : spec.name,
    gpu: spec.gpu?.sku === undefined ? undefined : { sku: spec.gpu.sku },
    registry: spec.registry,
    deadlines: { ...spec.deadlines, running: deadlinesOf(spec).running },
    retry: { attempts, rerunAfterStart, exitCodes: [...new Set(exitCodes)].toSorted((a, b) => a - b) },
    placements: spec.placements,
    outputs: spec.outputs,
    checkpoints: spec.checkpoints,
    concurrencyKey: spec.concurrencyKey,
    idempotencyKey: spec.idempotencyKey,
    labels: Object.keys(others).length === 0 ? undefined : others,
  });
}
