// The course of a job as bars to scale. A stretch in which nothing ran, and that would leave no room for what did, is
// folded: drawn short, with a mark. Pure.
import type { JobView } from '../../api/jobs';
import { timeline } from '../../cli/show/timeline';

export interface Bar {
  readonly state: string;
  /** 0: before the first attempt. */
  readonly attempt: number;
  readonly ms: number;
  /** Where it lies and how wide it is, parts of the whole in percent. */
  readonly left: number;
  readonly width: number;
  readonly isFolded: boolean;
}

const IDLE = 'Queued';
/** An idle stretch takes no more room than this part of what was not idle. */
const MOST_IDLE = 0.25;
/** A bar below this many percent could not be seen. */
const LEAST_WIDTH = 0.8;

/** In the order in which they happened; the last one goes on until `now` while the job is not over. */
export function foldedTime(job: JobView, now: number): readonly Bar[] {
  const steps = timeline(job);
  const spans = steps.flatMap(({ state, at, attempt }, index) => {
    if (state === job.outcome) return [];
    const until = steps[index + 1]?.at ?? Math.max(now, at);
    return [{ state, attempt, ms: Math.max(0, until - at) }];
  });
  const busy = spans.reduce((sum, { state, ms }) => sum + (state === IDLE ? 0 : ms), 0);
  const room = busy * MOST_IDLE;
  const drawn = spans.map((span) => {
    const isFolded = span.state === IDLE && busy > 0 && span.ms > room;
    return { ...span, isFolded, drawn: isFolded ? room : span.ms };
  });
  const whole = drawn.reduce((sum, span) => sum + span.drawn, 0) || 1;
  const wide = drawn.map((span) => Math.max((span.drawn / whole) * 100, LEAST_WIDTH));
  const scale = 100 / wide.reduce((sum, width) => sum + width, 0);
  let left = 0;
  return drawn.map(({ state, attempt, ms, isFolded }, index) => {
    const width = (wide[index] ?? 0) * scale;
    const bar = { state, attempt, ms, left, width, isFolded };
    left += width;
    return bar;
  });
}
