// G1: an attempt has a GPU that its job asked for: of that name, or of any name that is not to be had by name alone.
import { isSameName } from '../../../domain/parse/any-case';
import type { Facts } from './facts';

export function checkGpus(facts: Facts): void {
  for (const { stores, compute } of facts.deployments) {
    const byName = compute.placements.flatMap(({ gpus }) =>
      gpus.flatMap(({ sku, onlyByName }) => (onlyByName === true ? [sku] : [])),
    );
    for (const jobId of stores.rows.jobIds()) {
      const view = stores.rows.view(jobId);
      for (const { number, gpu } of view?.attempts ?? []) {
        if (gpu === undefined) continue;
        const asked = view?.gpu?.sku;
        const isAsked =
          asked === undefined ? !byName.some((sku) => isSameName(sku, gpu.sku)) : isSameName(asked, gpu.sku);
        if (!isAsked || gpu.count !== view?.gpu?.count)
          facts.fail(
            'G1',
            `${jobId}-${number} has ${gpu.count} × ${gpu.sku}, and asked for ${asked ?? 'any'}`,
          );
      }
    }
  }
}
