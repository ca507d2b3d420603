// How a job ended for its user, and how one attempt of it did.
import { z } from 'zod';

import { reasonSchema } from './failure-reason';

export const OUTCOMES = ['Succeeded', 'Failed', 'Canceled', 'TimedOut', 'Rejected'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/**
 * What became of an attempt; written once, before anything that destroys its evidence, never derived again (protocol
 * §4.3). `failed` covers the program's own failure and the infrastructure's: the reason's class tells them apart.
 */
export const verdictSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('succeeded'), exitCode: z.literal(0) }),
  z.object({ kind: z.literal('failed'), reason: reasonSchema, exitCode: z.number().int().optional() }),
  z.object({ kind: z.literal('canceled'), reason: reasonSchema }),
  z.object({ kind: z.literal('timed-out'), reason: reasonSchema }),
]);
export type Verdict = z.infer<typeof verdictSchema>;
