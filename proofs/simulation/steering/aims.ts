// Aims the faults of a seed at places. The fewer runs come to a place, the likelier a run that does meets a fault
// there.
import type { Random } from '../../../standins/kernel/random';
import { type FaultKind, faultsOf } from '../../faults/fault';
import type { CallPoint } from '../../faults/plan';
import { CENSUS, type Quarry } from './quarry';

/** Chance of a fault of each kind at a place that every seed comes to. In 10,000 seeds that makes some 25 of each. */
const OF_EACH_KIND = 0.0025;
/** The same chance at the rarest places, and at unknown ones. */
const AT_MOST = 0.6;
/** At a place that more than this part of the seeds come to, a fault may also hit a later call than the first. */
const SELDOM = 0.2;

interface Aim {
  /** How many calls still pass without the fault. */
  skip: number;
  readonly chance: number;
}

/** A function that says, for each call at a place, which fault is to happen there, if any. */
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
