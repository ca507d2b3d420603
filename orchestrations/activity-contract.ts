// What the story and its activity share: names, input, answer. It is the only part of orchestrations/ that jobs/
// imports.
import { z } from 'zod';

/** The name under which the story is registered and started. */
export const RUN_ATTEMPT = 'runAttempt';

/** The name of the story's only activity. It may run twice, be cut anywhere or run late. */
export const ADVANCE_ATTEMPT = 'advanceAttempt';

/** The event that asks a waiting story to look at once. It is a hint; the rows are the truth. */
export const WAKE_EVENT = 'wake';

/** The input of the activity: which story calls. It is small and free of secrets, because the history keeps it. */
export const storySchema = z.object({
  jobId: z.string(),
  attempt: z.number().int().positive(),
  epoch: z.number().int().positive(),
});
export type Story = z.infer<typeof storySchema>;

/**
 * What the activity answers: `stop`, this story has nothing left to do; `go-on`, something else is due at once;
 * `look-again`, something is due after so many milliseconds.
 */
export const stepResultSchema = z.discriminatedUnion('next', [
  z.object({ next: z.literal('stop') }),
  z.object({ next: z.literal('go-on') }),
  z.object({ next: z.literal('look-again'), afterMs: z.number().nonnegative() }),
]);
export type StepResult = z.infer<typeof stepResultSchema>;

export const GO_ON: StepResult = { next: 'go-on' };
