// The random ends of generated names.
import type { Random } from '../../kernel/random';

/** Without vowels and digits that look like them, so that no word comes out (apimachinery). */
const ALPHABET = Array.from('bcdfghjklmnpqrstvwxz2456789');
const SUFFIX_LENGTH = 5;
/** A generated name is cut to this and the suffix, 63 in all. */
const MOST_PREFIX = 58;

export function randomSuffix(random: Random): string {
  return Array.from({ length: SUFFIX_LENGTH }, () => random.pick(ALPHABET)).join('');
}

/** A name for `metadata.generateName`. */
export function generateName(random: Random, prefix: string): string {
  return prefix.slice(0, MOST_PREFIX) + randomSuffix(random);
}
