// By which resource the pods of a placement ask for one of its GPUs. Pure.
import { resourceOfSku } from '../../manifests/gpu-resource';

/** As the placement says, else as the SKU says. */
export function resourceOfGpu({
  sku,
  resource,
}: {
  readonly sku: string;
  readonly resource?: string | undefined;
}): string {
  return resource ?? resourceOfSku(sku);
}
