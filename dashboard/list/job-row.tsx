// One job in the table.
import type { JSX } from 'preact';

import { duration } from '../../cli/show/duration';
import { gpuInWords, labelsInWords } from '../../cli/show/words';
import type { JobSummary } from '../../domain/lists/job-summary';
import { Ago } from '../frame/instant';
import { shownText } from '../frame/shown-text';
import { StateMark } from '../frame/state-mark';
import { hrefOf } from '../route';

interface JobRowProps {
  readonly job: JobSummary;
  readonly index: number;
  readonly now: number;
  readonly isSelected: boolean;
  readonly onSelect: (id: string) => void;
}

export function JobRow({ job, index, now, isSelected, onSelect }: JobRowProps): JSX.Element {
  const name = job.name === undefined ? job.id : shownText(job.name);
  const labels = shownText(labelsInWords(job.labels));
  return (
    <tr aria-rowindex={index} aria-selected={isSelected}>
      <td class="pick">
        <input
          type="checkbox"
          aria-label={`Select ${name}`}
          checked={isSelected}
          onChange={() => onSelect(job.id)}
        />
      </td>
      <td class="in-state">
        <StateMark state={job.state} />
        {why(job)}
      </td>
      <td class="of-job">
        <a href={hrefOf({ page: 'job', id: job.id })} title={job.id}>
          {name}
        </a>
      </td>
      <td class="of-gpu">{job.gpu === undefined ? '' : gpuInWords(job.gpu)}</td>
      <td class="of-placement">{job.placement ?? ''}</td>
      <td class="of-labels" title={labels}>
        {labels}
      </td>
      <td class="of-time">
        <Ago at={job.createdAt} now={now} />
      </td>
      <td class="of-time">
        {duration((job.endedAt === undefined ? now : Date.parse(job.endedAt)) - Date.parse(job.createdAt))}
      </td>
    </tr>
  );
}

/** A word on why, where one word is known; and whether something is left of it. */
function why({ reason, lacks, exitCode, outcome, cleanup }: JobSummary): JSX.Element | null {
  const words = [
    lacks === undefined ? undefined : `waits for ${lacks}`,
    reason === undefined || reason.code === 'canceled'
      ? undefined
      : reason.code === 'exit-code' && exitCode !== undefined
        ? `exit code ${exitCode}`
        : reason.code,
    outcome !== undefined && cleanup !== 'gone' && cleanup !== 'none' ? `removal ${cleanup}` : undefined,
  ].filter((word) => word !== undefined);
  return words.length === 0 ? null : <span class="why"> {words.join(', ')}</span>;
}
