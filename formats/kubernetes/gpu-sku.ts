// Which GPU a container asks for by the name of its limit: whole ones of NVIDIA's, slices of them, and others.
import { GPU_RESOURCE, sliceOf, sliceSku } from '../../manifests/gpu-resource';
import { SPEC_ANNOTATION } from '../../manifests/spec-annotation';
import type { Draft } from '../draft';
import { isMapping, type Reader } from '../reader';

/** Until Kubernetes 1.10 (docs/facts/kubernetes.md#old-gpu-resource). */
export const OLD_GPU_RESOURCE = 'alpha.kubernetes.io/nvidia-gpu';

/** These say whose GPU it is, not which (docs/facts/kubernetes.md#named-gpu-resources). */
export const NAMELESS: readonly string[] = ['amd.com/gpu', 'nvidia.com/gpu.shared'];

export function isGpu(name: string): boolean {
  return name === GPU_RESOURCE || name === OLD_GPU_RESOURCE || NAMELESS.includes(name) || isSlice(name);
}

function isSlice(name: string): boolean {
  return sliceOf(name) !== undefined;
}

/** Those among limits or requests. */
export function gpuNames({ value }: Reader): string[] {
  return isMapping(value) ? Object.keys(value).filter(isGpu) : [];
}

/**
 * Drafts the SKU where the annotation has named none: that of a slice is its name. What tells no SKU of a whole GPU of
 * NVIDIA's is "any"; of others none is any.
 */
export function draftSku(limits: Reader, draft: Draft): void {
  const gpu = draft.get('gpu');
  const [name] = gpuNames(limits);
  if (!isMapping(gpu) || Object.hasOwn(gpu, 'sku') || name === undefined) return;
  const limit = limits.at(name);
  const count = Number(gpu['count']);
  if (isSlice(name)) {
    const sku = sliceSku(name);
    draft.merge('gpu', { sku }, limit);
    limit.translated(
      `is the GPU "${sku}" of a placement: a job with it runs where one offers it, such as "gpus": ${JSON.stringify([{ sku, counts: [count] }])}`,
    );
  } else if (NAMELESS.includes(name)) {
    const sku = name === 'amd.com/gpu' ? 'MI300X' : 'T4-shared';
    limit.problem(
      `does not say which GPU it is: name it in the annotation ${SPEC_ANNOTATION}, such as {"gpu":{"sku":"${sku}"}}, as a placement on the cluster offers it: "gpus": ${JSON.stringify([{ sku, counts: [count], resource: name }])}`,
    );
  } else
    limits.translated(
      `names no SKU of its GPU: the job takes whichever its placement offers (the annotation ${SPEC_ANNOTATION} may name one: {"gpu":{"sku":"V100"}})`,
    );
}
