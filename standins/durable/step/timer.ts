// Timers within a replay. A long one runs as several shorter ones.
import { type Instant, TICKS_PER_MS } from '../instant';
import { createPendingSource, type Pending } from '../worker/pending';
import type { ReplayContext } from '../worker/replay-context';

const DAY = 24n * 3_600_000n * TICKS_PER_MS;
/**
 * The Azure Storage provider's longest single timer, `maximumShortTimerDuration`
 * (docs/facts/durable-functions.md#timers).
 */
export const MAXIMUM_SHORT_TIMER = 6n * DAY;
/** The length of one part of a longer timer (`longRunningTimerIntervalDuration`). */
const LONG_TIMER_HOP = 3n * DAY;

/** A timer of the framework itself: one id and one TimerCreated. */
export function frameworkTimer(context: ReplayContext, fireAt: Instant): FrameworkTimer {
  const id = context.ids.take();
  context.ids.ask({ kind: 'timer', id, fireAt });
  return { id, fired: context.ids.open(id) };
}

export interface FrameworkTimer {
  readonly id: number;
  readonly fired: Pending<unknown>;
}

/**
 * The timer of one CreateTimer action. A cancelled one is created nevertheless and settles at once as cancelled. The
 * action list shows a timer as cancelled from the start, whenever it was cancelled.
 */
export function createTimer(context: ReplayContext, fireAt: Instant, isCanceled: boolean): Pending<unknown> {
  const isLong = fireAt - context.now > MAXIMUM_SHORT_TIMER;
  if (isLong) context.longTimer = true;
  const inHops = context.longTimer;
  const whole = createPendingSource<unknown>();
  const hop = (end: Instant): void => {
    const timer = frameworkTimer(context, end);
    timer.fired.whenSettled((outcome) => {
      // A cancelled timer leaves the flag as it is, as the extension's exception does.
      if (outcome.kind !== 'completed') whole.settle(outcome);
      else if (inHops && context.now < fireAt) hop(nextHop(context.now, fireAt));
      else finish();
    });
    if (isCanceled) context.ids.cancel(timer.id);
  };
  const finish = (): void => {
    context.longTimer = false;
    whole.settle({ kind: 'completed', value: undefined });
  };
  if (inHops && context.now >= fireAt) finish();
  else hop(isLong ? context.now + LONG_TIMER_HOP : fireAt);
  return whole;
}

function nextHop(now: Instant, fireAt: Instant): Instant {
  return fireAt - now < LONG_TIMER_HOP ? fireAt : now + LONG_TIMER_HOP;
}
