// The one placement that the bench's jobs go to, in words that builds of earlier commits know, too.
import { z } from 'zod';

/** What placements have gained since the oldest build that is measured; that build refuses what it does not know. */
const GAINED = new Set(['identities', 'volumes', 'outputs', 'checkpoints']);

const placements = z.array(z.record(z.string(), z.unknown())).min(1);

/**
 * The first of the stack's placements, as a setting: all builds of one run get the same.
 *
 * @throws TypeError when the stack configures none.
 */
export function plainPlacements(setting: string | undefined): string {
  const parsed = placements.safeParse(JSON.parse(setting ?? '[]'));
  const [first] = parsed.success ? parsed.data : [];
  if (first === undefined) throw new TypeError(`The stack configures no placement: ${setting ?? 'nothing'}.`);
  return JSON.stringify([
    Object.fromEntries(Object.entries(first).filter(([member]) => !GAINED.has(member))),
  ]);
}
