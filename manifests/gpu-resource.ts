// The names under which pods ask for GPUs.

/** docs/facts/kubernetes.md#gpu-resource */
export const GPU_RESOURCE = 'nvidia.com/gpu';

/** A slice of a GPU as NVIDIA's plugin announces it, such as `nvidia.com/mig-1g.10gb` (#named-gpu-resources). */
const SLICE = /^mig-([1-7])g\.[1-9]\d*gb(\.[a-z0-9]+)*$/;
const VENDOR = 'nvidia.com/';

/** How many sevenths of a GPU's processors the resource is; undefined for what is no slice. */
export function sliceOf(resource: string): number | undefined {
  if (!resource.startsWith(VENDOR)) return undefined;
  const sevenths = SLICE.exec(resource.slice(VENDOR.length))?.[1];
  return sevenths === undefined ? undefined : Number(sevenths);
}

/** The SKU by which a spec names a slice: the resource without its vendor. */
export function sliceSku(resource: string): string {
  return resource.slice(VENDOR.length);
}

/** By which pods ask for a SKU where nothing else is said of it: a slice by its own name, any other as a whole GPU. */
export function resourceOfSku(sku: string): string {
  const slice = `${VENDOR}${sku.toLowerCase()}`;
  return sliceOf(slice) === undefined ? GPU_RESOURCE : slice;
}
