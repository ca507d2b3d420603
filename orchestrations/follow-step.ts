// One step of the story, followed until it is behind us, in generations that keep the history flat.
import type { OrchestrationContext, Task } from 'durable-functions';

import { type ActivityName, call, type Story, type Turn } from './activity-contract';
import { wait } from './wait';

/**
 * Activity calls in one generation; a call and its wait are 8 events, about 0.9 KB
 * (docs/facts/durable-functions.md#poll-cost).
 */
const CALLS_PER_GENERATION = 30;

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;

/** Calls made in this generation, and failures in a row. */
export interface Generation {
  calls: number;
  failures: number;
}

/**
 * `passed`: the step is behind us. `ended`: the story ends here, superseded or continued as new.
 * A generation ends right after an activity, never after a won event, which would come twice
 * (docs/facts/durable-functions.md#won-event).
 */
export function* followStep(
  context: OrchestrationContext,
  activity: ActivityName,
  story: Story,
  generation: Generation,
  continueAsNew: (afterMs: number) => void,
): Generator<Task, 'passed' | 'ended', unknown> {
  for (;;) {
    const turn = yield* attempted(context, activity, story, generation);
    if (turn.next === 'stop') return 'ended';
    if (turn.next === 'go-on') return 'passed';
    if (generation.calls >= CALLS_PER_GENERATION) {
      continueAsNew(turn.afterMs);
      return 'ended';
    }
    yield* wait(context, turn.afterMs);
  }
}

/**
 * An activity that fails is repeated for ever, later and later. If the story ended instead, the sweep would only start
 * it anew.
 */
function* attempted(
  context: OrchestrationContext,
  activity: ActivityName,
  story: Story,
  generation: Generation,
): Generator<Task, Turn, unknown> {
  generation.calls += 1;
  try {
    const turn = yield* call(context, activity, story);
    generation.failures = 0;
    return turn;
  } catch (error) {
    const afterMs = Math.min(FIRST_RETRY_MS * 2 ** generation.failures, LONGEST_RETRY_MS);
    generation.failures += 1;
    if (!context.df.isReplaying) {
      context.warn(
        `${activity} of ${story.jobId}-${story.attempt} failed, again in ${afterMs} ms: ${firstLine(error)}`,
      );
    }
    return { next: 'look-again', afterMs };
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]?.slice(0, 300) ?? '';
}
