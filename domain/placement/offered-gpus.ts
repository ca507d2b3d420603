// Which of a placement's GPUs answer what is asked for.
import { isSameName, underName } from '../parse/any-case';
import type { ChosenGpu, GpuRequest } from '../spec/gpu';
import { resourceOf } from './capacity';
import type { Placement } from './placement';

type Offering = Pick<Placement, 'gpus' | 'accepts'>;

/**
 * In the placement's own order; an exact SKU before one that stands in for it. A request for any GPU gets none that is
 * given only by its name.
 */
export function offeredGpus(asked: GpuRequest, { gpus, accepts = {} }: Offering): ChosenGpu[] {
  const withCount = gpus.filter(({ counts }) => counts.includes(asked.count));
  const wanted = asked.sku === undefined ? [] : [asked.sku, underName(accepts, asked.sku)];
  const fitting =
    asked.sku === undefined
      ? withCount.filter(({ onlyByName }) => onlyByName !== true)
      : wanted.flatMap((name) =>
          name === undefined ? [] : withCount.filter(({ sku }) => isSameName(sku, name)),
        );
  return fitting.map(({ sku }) => ({ count: asked.count, sku }));
}

/**
 * Under which names the capacity for such a GPU, or for a job without any, is kept there (capacity.ts); limits and
 * quotas apart.
 */
export function resourcesFor(asked: GpuRequest | undefined, placement: Offering): string[] {
  return asked === undefined ? [resourceOf(undefined)] : offeredGpus(asked, placement).map(resourceOf);
}
