// What a seed aims its faults at: the seldomer runs come to a place, the likelier one that does meets a fault there.
import type { Random } from '../../../standins/kernel/random';
import { type FaultKind, faultsOf } from '../../faults/fault';
import type { CallPoint } from '../../faults/plan';
import { CENSUS, type Quarry } from './quarry';

/** Chance of a fault of each kind at a place that every seed comes to: in 10,000 seeds some 25 of each. */
const OF_EACH_KIND = 0.0025;
/** At the rarest places, and those unknown. */
const AT_MOST = 0.6;
/** Of a place that so many seeds come to the first call is as good as any; of others a later one may be hit. */
const SELDOM = 0.2;

interface Aim {
  /** Calls that still pass. */
  skip: number;
  readonly chance: number;
}

/** Tells for each call that comes to a place which fault is to happen there, if any. */
export function createAims(
  random: Random,
  quarry: Quarry | undefined,
): (point: CallPoint) => FaultKind | undefined {
  let isHunted = quarry?.kind !== undefined;
  const aims = new Map<string, Aim | undefined>();
  const aimAt = (place: string, kinds: number): Aim | undefined => {
    const share = CENSUS[place] ?? 0;
    const chance = Math.min(AT_MOST, (OF_EACH_KIND * kinds) / Math.max(share, 1e-6));
    return random.chance(chance) ? { skip: share > SELDOM ? random.int(0, 3) : 0, chance } : undefined;
  };
  return ({ call, state }) => {
    if (isHunted && call === quarry?.call && state === quarry.state) {
      isHunted = false;
      return quarry.kind;
    }
    const place = `${call} ${state}`;
    const kinds = faultsOf(call, state);
    if (!aims.has(place)) aims.set(place, aimAt(place, kinds.length));
    const aim = aims.get(place);
    if (aim === undefined) return undefined;
    if (aim.skip > 0) {
      aim.skip -= 1;
      return undefined;
    }
    // A rare place may be hit again.
    if (aim.chance < AT_MOST || random.chance(0.5)) aims.set(place, undefined);
    return random.pick(kinds);
  };
}
