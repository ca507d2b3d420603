// A job's course: a picture to scale, and the same in words.
import type { JSX } from 'preact';

import type { JobView } from '../../api/jobs';
import { duration, timeOfDay } from '../../cli/show/duration';
import { timeline } from '../../cli/show/timeline';
import { shownText } from '../frame/shown-text';
import { foldedTime } from './folded-time';

export function Timeline({ job, now }: { readonly job: JobView; readonly now: number }): JSX.Element {
  const bars = foldedTime(job, now);
  const attempts = [...new Set(bars.map(({ attempt }) => attempt))].filter((attempt) => attempt > 0);
  const rowOf = (attempt: number): number => Math.max(0, attempts.indexOf(attempt));
  const rows = Math.max(1, attempts.length);
  const spoken = bars.map(({ state, ms }) => `${state} ${duration(ms)}`).join(', ');
  return (
    <section aria-labelledby="course">
      <h2 id="course">Course</h2>
      <svg class="course" role="img" aria-label={`Course to scale: ${spoken}`} height={rows * 26 + 2}>
        {bars.map(({ state, attempt, ms, left, width, isFolded }, index) => (
          <g key={index}>
            <rect
              class={`bar in-${state}${isFolded ? ' folded' : ''}`}
              x={`${left}%`}
              y={rowOf(attempt) * 26 + 2}
              width={`${width}%`}
              height={20}
              rx={2}
            >
              <title>{`${state} ${duration(ms)}${isFolded ? ', drawn shorter' : ''}`}</title>
            </rect>
            {isFolded && (
              <text class="fold" x={`${left + width / 2}%`} y={rowOf(attempt) * 26 + 16} text-anchor="middle">
                ≈
              </text>
            )}
          </g>
        ))}
      </svg>
      <ol class="steps">
        {timeline(job).map(({ state, at, detail }, index, steps) => {
          const until = steps[index + 1]?.at ?? (job.outcome === undefined ? now : undefined);
          return (
            <li key={index}>
              <span class={`key in-${state}`} aria-hidden="true" />
              <time dateTime={new Date(at).toISOString()}>{timeOfDay(at)}</time> <strong>{state}</strong>
              {until === undefined ? '' : ` ${duration(until - at)}`}
              {detail === '' ? '' : ` · ${shownText(detail)}`}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
