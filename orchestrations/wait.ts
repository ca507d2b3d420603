// Waits for a time, or until a wake event says that something changed.
import type { OrchestrationContext, Task } from 'durable-functions';

import { WAKE_EVENT } from './activity-contract';

/**
 * Fresh tasks each time and the losing timer cancelled: a task raced twice is scheduled twice
 * (docs/facts/durable-functions.md#raced-tasks).
 */
export function* wait(context: OrchestrationContext, afterMs: number): Generator<Task, void, unknown> {
  const timer = context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + afterMs));
  const wake = context.df.waitForExternalEvent(WAKE_EVENT);
  const winner = yield context.df.Task.any([timer, wake]);
  if (winner === wake) timer.cancel();
}
