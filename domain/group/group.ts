// A group: the jobs that one submission of an array makes. Its rows, and the ids that derive from one another.
import { z } from 'zod';

import { jobIdFor } from '../job/names';
import { passedOverSchema } from '../job/passed-over';

export const GROUP_ID = /^g[0-9a-z]{19}$/;
export const groupIdSchema = z
  .string()
  .regex(GROUP_ID, "must be a group's id, such as g5iwlofmt3z99m6567nq")
  .meta({ description: "the group's id" });

const instant = z.number().int().nonnegative();

/** What a submission of an array has stored before any member is made. */
export const groupRowSchema = z.object({
  groupId: z.string(),
  /** `void`: another job has the key, so no member was made and none will be. */
  state: z.enum(['making', 'made', 'void']),
  owner: z.string(),
  /** Of the spec with its array: what members are made of. */
  specHash: z.string(),
  members: z.number().int().positive(),
  submittedAt: instant,
  source: z.enum(['queue', 'http', 'schedule']),
  name: z.string().optional(),
  atOnce: z.number().int().positive().optional(),
  /** What was found at submission, so that every member goes by the same, whenever it is made. */
  placements: z.array(z.string()).min(1),
  passedOver: z.array(passedOverSchema),
});
export type GroupRow = z.infer<typeof groupRowSchema>;

/** The wish to end a whole group: an entity beside it that is only ever inserted. */
export const groupCancelSchema = z.object({ groupId: z.string(), at: instant });
export type GroupCancel = z.infer<typeof groupCancelSchema>;

/** The id of the group that `owner` makes for `key`: the same key always names the same group (I5). */
export function groupIdFor(owner: string, key: string): string {
  return `g${jobIdFor(owner, key).slice(1)}`;
}

/**
 * The id of a group's member. The first has the id that a single job of the key has, so a key never makes both.
 */
export function memberJobId(groupId: string, owner: string, { place, index }: MemberPlace): string {
  return place === 0 ? `j${groupId.slice(1)}` : jobIdFor(owner, `member:${groupId}:${index}`);
}

interface MemberPlace {
  /** From 0, in the order of the indexes. */
  readonly place: number;
  readonly index: number;
}
