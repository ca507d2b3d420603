// The durable story of one attempt: create, observe until over, archive, remove, settle. protocol §4 is its
// specification.
import type { OrchestrationContext, Task } from 'durable-functions';
import { z } from 'zod';

import { type ActivityName, storySchema } from './activity-contract';
import { followStep, type Generation } from './follow-step';
import { wait } from './wait';

/**
 * Each step's activity reads the rows and does only what they call for, so a story that starts from the top goes on
 * where another ended.
 */
const STEPS: readonly ActivityName[] = [
  'createWorkload', // 1. Create the workload: one PUT, ever.
  'observeWorkload', // 2. Look until it is over, archiving its log; write the verdict.
  'archiveTail', // 3. Archive the rest of the log, or let its deadline pass.
  'requestRemoval', // 4. Ask for the workload's removal.
  'settleAttempt', // 5. End the job, or queue its next attempt; announce.
  'removeWorkload', // 6. Remove until gone.
];

/** `step` is where the last generation was: a short cut, the rows decide. `afterMs`: not to be looked at before. */
const inputSchema = storySchema.extend({
  step: z.number().int().nonnegative().optional(),
  afterMs: z.number().nonnegative().optional(),
});

/**
 * A generation begins with a look, because continueAsNew drops a wake that came meanwhile. Only a look that is due much
 * later is waited for first, such as the hourly look while a resource group is missing.
 */
const LONG_WAIT_MS = 60_000;

export function* runAttempt(context: OrchestrationContext): Generator<Task, void, unknown> {
  const {
    step: firstStep = 0,
    afterMs: firstWaitMs = 0,
    ...story
  } = inputSchema.parse(context.df.getInput());
  const generation: Generation = { calls: 0, failures: 0 };
  if (firstWaitMs > LONG_WAIT_MS) yield* wait(context, firstWaitMs);
  for (const [step, activity] of STEPS.entries()) {
    if (step < firstStep) continue;
    const continueAsNew = (afterMs: number): void => context.df.continueAsNew({ ...story, step, afterMs });
    if ((yield* followStep(context, activity, story, generation, continueAsNew)) === 'ended') return;
  }
}
