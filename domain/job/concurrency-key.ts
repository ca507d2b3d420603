// A user's concurrency key: at most one workload that bears it is alive. Its holder's name stands in a row of the key's
// own, beside the placements' rows.
import { createHash } from 'node:crypto';

/** No placement's name begins like this, because it may not have a dot (placement.ts). */
const PREFIX = 'key.';
/** 128 bits: two keys never meet. The key itself is the user's text and may not fit a row's name. */
const HASH_DIGITS = 32;

/** The name under which PlacementStore keeps the holder of `key`. */
export function keyRowName(key: string): string {
  return `${PREFIX}${createHash('sha256').update(key).digest('hex').slice(0, HASH_DIGITS)}`;
}

/** Whether a row of PlacementStore is that of a key, not of a placement. */
export function isKeyRow(name: string): boolean {
  return name.startsWith(PREFIX);
}
