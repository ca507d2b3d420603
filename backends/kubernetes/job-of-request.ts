// From a create's request to the Job that runs it. Pure.
import { TerminalError } from '../../domain/errors';
import { isSameName } from '../../domain/parse/any-case';
import { offeredGpus } from '../../domain/placement/offered-gpus';
import type { CreateRequest } from '../../domain/ports/compute-backend';
import type { ChosenGpu } from '../../domain/spec/gpu';
import { jobManifest, type PlacementPart } from '../../manifests/job-manifest';
import { marksOf } from './marks';
import type { KubernetesPlacement } from './placement';
import { pullSecretName, variablesSecretName } from './secret-names';

/** Throws TerminalError when the placement does not offer the GPU asked for; preflight has seen to that. */
export function jobOfRequest(request: CreateRequest, placement: KubernetesPlacement): object {
  const { spec, ref, createdAt, expiresAt, registryPassword } = request;
  const gpu = request.gpu ?? gpuOf(request, placement);
  return jobManifest(spec, placementPart(placement, gpu), {
    name: ref.name,
    ...marksOf(ref, createdAt, expiresAt),
    environment: { GPU_JOBS_JOB: ref.jobId, GPU_JOBS_ATTEMPT: String(ref.attempt) },
    livesS: (expiresAt - createdAt) / 1000,
    secretOf: (variable) => ({ name: variablesSecretName(ref.name), key: variable }),
    pullSecrets: registryPassword === undefined ? [] : [pullSecretName(ref.name)],
  });
}

/** What the placement adds to each Job with such a GPU, or with none. */
function placementPart(placement: KubernetesPlacement, gpu: ChosenGpu | undefined): PlacementPart {
  const nodes =
    gpu === undefined ? placement.nodes : placement.gpus.find(({ sku }) => isSameName(sku, gpu.sku))?.nodes;
  return {
    ...placement,
    nodes: nodes && { nodeSelector: nodes.selector, tolerations: nodes.tolerations },
  };
}

function gpuOf({ spec }: CreateRequest, placement: KubernetesPlacement): ChosenGpu | undefined {
  if (spec.gpu === undefined) return undefined;
  const [gpu] = offeredGpus(spec.gpu, placement);
  if (gpu !== undefined) return gpu;
  throw new TerminalError(
    `Placement ${placement.name} offers no ${spec.gpu.count} × ${spec.gpu.sku ?? 'GPU'}; its offer must have changed after the job was accepted.`,
    { placement: placement.name },
  );
}
