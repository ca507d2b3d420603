// What the story and its activities share: names, inputs, answers. It is the only part of orchestrations/ that jobs/
// imports.
import type { OrchestrationContext, Task } from 'durable-functions';
import { z } from 'zod';

/** The name under which the story is registered and started. */
export const RUN_ATTEMPT = 'runAttempt';

/** The event that asks a waiting story to look at once. It is a hint; the rows are the truth. */
export const WAKE_EVENT = 'wake';

/** The input of every activity: which story calls. It is small and free of secrets, because the history keeps it. */
export const storySchema = z.object({
  jobId: z.string(),
  attempt: z.number().int().positive(),
  epoch: z.number().int().positive(),
});
export type Story = z.infer<typeof storySchema>;

/**
 * What an activity answers: `stop`, another epoch drives the attempt; `go-on`, this step is behind us; `look-again`,
 * the same step is due again after so many milliseconds.
 */
const turnSchema = z.discriminatedUnion('next', [
  z.object({ next: z.literal('stop') }),
  z.object({ next: z.literal('go-on') }),
  z.object({ next: z.literal('look-again'), afterMs: z.number().nonnegative() }),
]);
export type Turn = z.infer<typeof turnSchema>;

/** The activities by name; each may run twice, be cut anywhere or run late. */
export const ACTIVITY_NAMES = [
  'createWorkload',
  'observeWorkload',
  'archiveTail',
  'requestRemoval',
  'settleAttempt',
  'removeWorkload',
] as const;
export type ActivityName = (typeof ACTIVITY_NAMES)[number];

export type Activity = (story: Story) => Promise<Turn>;

/** Calls an activity; its answer has been through JSON, so it is parsed. */
export function* call(
  context: OrchestrationContext,
  name: ActivityName,
  story: Story,
): Generator<Task, Turn, unknown> {
  return turnSchema.parse(yield context.df.callActivity(name, story));
}
