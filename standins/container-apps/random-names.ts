// Names as the service makes them up.
import type { Random } from '../kernel/random';
import type { MadeUpNames } from './context';

const LETTERS_AND_DIGITS = Array.from('abcdefghijklmnopqrstuvwxyz0123456789');

/** Seven characters end the name of an execution, five that of a replica (docs/facts/container-apps.md#names). */
export function randomNames(random: Random, newId: () => string): MadeUpNames {
  const characters = (count: number): string =>
    Array.from({ length: count }, () => random.pick(LETTERS_AND_DIGITS)).join('');
  return { execution: () => characters(7), replica: () => characters(5), operation: newId };
}
