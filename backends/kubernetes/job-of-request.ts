// From a create's request to the Job that runs it. Pure.
import { isSameName } from '../../domain/parse/any-case';
import type { CreateRequest } from '../../domain/ports/compute-backend';
import type { ChosenGpu } from '../../domain/spec/gpu';
import { resourcesOf } from '../../domain/spec/resources';
import { jobManifest, type PlacementPart } from '../../manifests/job-manifest';
import { gpuOf, toldVariables } from '../create-request';
import { marksOf } from './marks';
import { identityOf, podMountsOf } from './named-resources';
import { resourceName, shareOf } from './offer';
import type { KubernetesPlacement } from './placement';
import { pullSecretName, variablesSecretName } from './secret-names';

/** Throws TerminalError when the placement does not offer what is asked for; preflight has seen to that. */
export function jobOfRequest(request: CreateRequest, placement: KubernetesPlacement): object {
  const { spec, ref, createdAt, expiresAt, registryPassword, resources } = request;
  const gpu = gpuOf(request, placement);
  const secretKey = (key: string) => ({ name: variablesSecretName(ref.name), key });
  const toldSecrets = Object.keys(request.told?.secrets ?? {});
  return jobManifest(spec, placementPart(placement, gpu), {
    name: ref.name,
    ...marksOf(ref, createdAt, expiresAt),
    environment: toldVariables(request),
    livesS: (expiresAt - createdAt) / 1000,
    secretOf: secretKey,
    secretEnvironment: Object.fromEntries(toldSecrets.map((name) => [name, secretKey(name)])),
    mounts: podMountsOf(request, placement),
    identity: identityOf(spec, placement),
    pullSecrets: registryPassword === undefined ? [] : [pullSecretName(ref.name)],
    gpuResource: gpu && resourceName(gpu, placement),
    resources: resources ?? resourcesOf(spec, gpu, placement, shareOf(gpu, placement)),
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
