// The refusal of a backend that gives a program neither mounts nor an identity nor another directory.
import type { Wish } from '../../domain/spec/wish';

const MEMBERS = ['workingDir', 'identity', 'volumes', 'scratch', 'outputs', 'checkpoints'] as const;

/** Why such a backend can't hold the wish, for a person: it would ignore these members. */
export function mountsNothing(wish: Wish): string | undefined {
  const asked = MEMBERS.filter((member) => {
    const value = wish[member];
    return value !== undefined && !(Array.isArray(value) && value.length === 0);
  });
  return asked.length === 0
    ? undefined
    : `can't give a program ${asked.map((member) => `"${member}"`).join(', ')}`;
}
