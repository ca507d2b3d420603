// Preflight with placements on Container Instances.
import { aciFacts } from '../../backends/aci/facts';
import type { AciPlacement } from '../../backends/aci/placement';
import * as generic from '../../domain/spec/preflight';
import type { Wish } from '../../domain/spec/wish';
import { testFacts } from './placements';

export function choose(wish: Wish, placement: AciPlacement, known?: generic.Known): generic.Choice {
  return generic.choose(wish, placement, aciFacts(placement), known);
}

export function refusal(wish: Wish, placement: AciPlacement, known?: generic.Known): string | undefined {
  return generic.refusal(wish, placement, aciFacts(placement), known);
}

export function preflight(
  wish: Parameters<typeof generic.preflight>[0],
  placements: readonly AciPlacement[],
  knownOf?: (placement: string) => generic.Known,
): ReturnType<typeof generic.preflight> {
  return generic.preflight(wish, placements, testFacts(placements), knownOf);
}
