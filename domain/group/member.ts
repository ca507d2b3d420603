// One member of a group: its index, and the values of its parameters.
import { z } from 'zod';

/**
 * The most members of a group. One page of the table service holds 1,000 entities, so a group is counted by one
 * request, and its members are made within one HTTP request.
 */
export const MOST_MEMBERS = 1_000;

export interface Member {
  readonly index: number;
  /** By name; empty where the members differ by their index alone. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** In a job's row, and wherever a member is shown. */
export const membershipSchema = z.object({
  id: z.string().meta({ description: "the group's id" }),
  index: z.number().int().nonnegative(),
  parameters: z
    .record(z.string(), z.string())
    .optional()
    .meta({ description: 'absent where the members differ by their index alone' }),
});
export type Membership = z.infer<typeof membershipSchema>;

/** Without what only the job's row needs. */
export function membershipOf({ id, index, parameters }: Membership): Membership {
  return { id, index, ...(parameters === undefined ? {} : { parameters }) };
}
