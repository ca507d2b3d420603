// The durable story of one attempt: it has the attempt advance until nothing is left to do, and waits in between.
// protocol §4 is its specification.
import type { OrchestrationContext, Task } from 'durable-functions';
import { z } from 'zod';

import {
  ADVANCE_ATTEMPT,
  type StepResult,
  stepResultSchema,
  type Story,
  storySchema,
} from './activity-contract';
import { wait } from './wait';

/** `afterMs`: not to be looked at before, when the story goes on in a new generation. */
const inputSchema = storySchema.extend({ afterMs: z.number().nonnegative().optional() });

/**
 * Activity calls in one generation; a call and its wait are 8 events, about 0.9 KB
 * (docs/facts/durable-functions.md#poll-cost).
 */
const CALLS_PER_GENERATION = 30;

/**
 * A generation begins with a look, because continueAsNew drops a wake that came meanwhile. Only a look that is due much
 * later is waited for first, such as the hourly look while a resource group is missing.
 */
const LONG_WAIT_MS = 60_000;

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;

/**
 * It knows nothing of what comes when: each call of the activity reads that from the rows. So a story that starts from
 * the top goes on where another ended. A generation ends right after an activity, never after a won event, which would
 * come twice (docs/facts/durable-functions.md#won-event).
 */
export function* runAttempt(context: OrchestrationContext): Generator<Task, void, unknown> {
  const { afterMs: firstWaitMs = 0, ...story } = inputSchema.parse(context.df.getInput());
  const failures = { inARow: 0 };
  if (firstWaitMs > LONG_WAIT_MS) yield* wait(context, firstWaitMs);
  for (let calls = 1; ; calls += 1) {
    const result = yield* attempted(context, story, failures);
    if (result.next === 'stop') return;
    const afterMs = result.next === 'go-on' ? 0 : result.afterMs;
    if (calls >= CALLS_PER_GENERATION) {
      context.df.continueAsNew({ ...story, afterMs });
      return;
    }
    if (result.next === 'look-again') yield* wait(context, afterMs);
  }
}

/**
 * An activity that fails is repeated for ever, later and later. If the story ended instead, the sweep would only start
 * it anew. Its answer has been through JSON, so it is parsed.
 */
function* attempted(
  context: OrchestrationContext,
  story: Story,
  failures: { inARow: number },
): Generator<Task, StepResult, unknown> {
  try {
    const result = stepResultSchema.parse(yield context.df.callActivity(ADVANCE_ATTEMPT, story));
    failures.inARow = 0;
    return result;
  } catch (error) {
    const afterMs = Math.min(FIRST_RETRY_MS * 2 ** failures.inARow, LONGEST_RETRY_MS);
    failures.inARow += 1;
    if (!context.df.isReplaying) {
      context.warn(
        `A step of ${story.jobId}-${story.attempt} failed, again in ${afterMs} ms: ${firstLine(error)}`,
      );
    }
    return { next: 'look-again', afterMs };
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]?.slice(0, 300) ?? '';
}
