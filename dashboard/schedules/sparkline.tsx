// How the last jobs of a schedule ended: a bar each, as high as it took long, and the same in words.
import type { JSX } from 'preact';

import { duration } from '../../cli/show/duration';
import type { JobState } from '../../domain/job/job-state';
import type { JobSummary } from '../../domain/lists/job-summary';
import { Ago } from '../frame/instant';
import { MARKS, STATES } from '../frame/states';
import { hrefOf } from '../route';

interface SparklineProps {
  /** Newest first. */
  readonly jobs: readonly JobSummary[];
  readonly schedule: string;
  readonly now: number;
}

const HEIGHT = 28;
const STEP = 9;
/** A bar below this could not be seen. */
const LEAST = 4;

export function Sparkline({ jobs, schedule, now }: SparklineProps): JSX.Element {
  if (jobs.length === 0) return <p class="quiet">It has made no job yet.</p>;
  const took = (job: JobSummary): number =>
    (job.endedAt === undefined ? now : Date.parse(job.endedAt)) - Date.parse(job.createdAt);
  const longest = Math.max(...jobs.map(took), 1);
  const words = countsInWords(jobs);
  const failed = jobs.find(({ state }) => MARKS[state].kind === 'trouble');
  return (
    <div class="history">
      <svg
        class="spark"
        role="img"
        aria-label={`Last ${jobs.length} jobs: ${words}`}
        width={jobs.length * STEP}
        height={HEIGHT}
      >
        {jobs.toReversed().map((job, index) => {
          const height = Math.max(LEAST, (took(job) / longest) * HEIGHT);
          return (
            <rect
              key={job.id}
              class={MARKS[job.state].kind}
              x={index * STEP}
              y={HEIGHT - height}
              width={STEP - 2}
              height={height}
              rx={1}
            >
              <title>{`${job.state}, ${duration(took(job))}`}</title>
            </rect>
          );
        })}
      </svg>
      <span>
        <a href={hrefOf({ page: 'jobs', filter: { schedule } })}>
          {jobs.length === 1 ? 'The last job' : `The last ${jobs.length} jobs`}
        </a>
        : {words}.
        {failed !== undefined && (
          <>
            {' '}
            Last in trouble:{' '}
            <a href={hrefOf({ page: 'job', id: failed.id })}>
              <Ago at={failed.createdAt} now={now} />
            </a>
            {failed.reason === undefined ? '' : ` (${failed.reason.code})`}.
          </>
        )}
      </span>
    </div>
  );
}

/** `12 Succeeded, 2 Failed`. */
function countsInWords(jobs: readonly JobSummary[]): string {
  const count = (state: JobState): number => jobs.filter((job) => job.state === state).length;
  return STATES.filter((state) => count(state) > 0)
    .map((state) => `${count(state)} ${state}`)
    .join(', ');
}
