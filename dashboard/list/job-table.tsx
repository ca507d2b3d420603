// The table of jobs. Only the rows that are seen are in the document.
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import type { JobSummary } from '../../domain/lists/job-summary';
import { useIsNarrow } from '../frame/is-narrow';
import { useNow } from '../frame/use-now';
import { useVisibleRows } from '../frame/use-visible-rows';
import { JobRow } from './job-row';
import type { Selection } from './selection';

interface JobTableProps {
  readonly jobs: readonly JobSummary[];
  readonly hasMore: boolean;
  readonly selection: Selection;
  readonly onEnd: () => void;
}

/** Pixels, as style/list.css has them. */
const ROW_HEIGHT = { wide: 40, narrow: 76 };
/** So many rows before the last known one the next page is asked for. */
const AHEAD = 30;

export function JobTable({ jobs, hasMore, selection, onEnd }: JobTableProps): JSX.Element {
  const body = useRef<HTMLTableSectionElement>(null);
  const height = useIsNarrow() ? ROW_HEIGHT.narrow : ROW_HEIGHT.wide;
  const { from, to } = useVisibleRows(body, jobs.length, height);
  const now = useNow(1_000);
  useEffect(() => {
    if (hasMore && to + AHEAD >= jobs.length) onEnd();
  }, [to, jobs.length, hasMore]);
  const ids = jobs.map(({ id }) => id);
  return (
    <table class="jobs" aria-rowcount={hasMore ? -1 : jobs.length + 1}>
      <thead>
        <tr aria-rowindex={1}>
          <th scope="col" class="pick">
            <input
              type="checkbox"
              aria-label="Select all jobs that are shown"
              checked={ids.length > 0 && ids.every((id) => selection.has(id))}
              onChange={() => selection.toggleAll(ids)}
            />
          </th>
          <th scope="col">State</th>
          <th scope="col">Job</th>
          <th scope="col">GPU</th>
          <th scope="col">Placement</th>
          <th scope="col">Labels</th>
          <th scope="col">Submitted</th>
          <th scope="col">Took</th>
        </tr>
      </thead>
      <tbody ref={body}>
        <Room rows={from} height={height} />
        {jobs.slice(from, to).map((job, index) => (
          <JobRow
            key={job.id}
            job={job}
            index={from + index + 2}
            now={now}
            isSelected={selection.has(job.id)}
            onSelect={selection.toggle}
          />
        ))}
        <Room rows={jobs.length - to} height={height} />
      </tbody>
    </table>
  );
}

function Room({ rows, height }: { readonly rows: number; readonly height: number }): JSX.Element | null {
  if (rows <= 0) return null;
  return <tr class="room" aria-hidden="true" style={{ height: `${rows * height}px` }} />;
}
