// How many workloads of some jobs may be alive together: of a concurrency key one, of a group as many as it says.
import type { HintedWants } from '../ports/hint-store';
import { isKeyRow, keyRowName } from './concurrency-key';
import type { JobRow } from './job';

/** The holders of a limit stand in a row of their own, beside the placements' rows. */
export interface RunLimit {
  /** The name under which PlacementStore keeps them. */
  readonly row: string;
  readonly most: number;
}

/** No placement's name begins like this, because it may not have a dot (placement.ts). */
const GROUP_PREFIX = 'group.';

export function groupRowName(groupId: string): string {
  return `${GROUP_PREFIX}${groupId}`;
}

/** Whether a row of PlacementStore is that of a limit, not of a placement. */
export function isLimitRow(name: string): boolean {
  return isKeyRow(name) || name.startsWith(GROUP_PREFIX);
}

/**
 * In the order in which they are taken, the same for every job: no two jobs each hold what the other waits for. The
 * group's comes first, because a name that waits with it keeps only its own group from running.
 */
export function runLimitsOf({ plan, group }: Pick<JobRow, 'plan' | 'group'>): RunLimit[] {
  const key = plan?.concurrencyKey;
  return [
    ...(group?.atOnce === undefined ? [] : [{ row: groupRowName(group.id), most: group.atOnce }]),
    ...(key === undefined ? [] : [{ row: keyRowName(key), most: 1 }]),
  ];
}

/** The rows of the limits of a job that waits, as its hint tells. */
export function hintedLimitRows({ concurrencyKey, group }: HintedWants): string[] {
  return [
    ...(group === undefined ? [] : [groupRowName(group)]),
    ...(concurrencyKey === undefined ? [] : [keyRowName(concurrencyKey)]),
  ];
}
