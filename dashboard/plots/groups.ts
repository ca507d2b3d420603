// By what the plots tell jobs apart: their placement, their schedule or one of their labels.
import type { JobSummary } from '../../domain/lists/job-summary';

const LABEL = 'label:';
const NONE = 'none';

/** `placement`, `schedule`, or `label:` and the name of a label, as the address names it. */
export function groupOf(job: JobSummary, by: string): string {
  if (by.startsWith(LABEL)) return job.labels[by.slice(LABEL.length)] ?? NONE;
  return (by === 'schedule' ? job.schedule : job.placement) ?? NONE;
}

/** What can be chosen: the labels that these jobs bear, and what is chosen, by name. */
export function choicesOf(jobs: readonly JobSummary[], chosen: string): readonly string[] {
  const labels = jobs.flatMap((job) => Object.keys(job.labels).map((name) => `${LABEL}${name}`));
  return ['placement', 'schedule', ...[...new Set([...labels, ...ownOf(chosen)])].sort()];
}

function ownOf(chosen: string): readonly string[] {
  return chosen.startsWith(LABEL) ? [chosen] : [];
}

export function choiceInWords(by: string): string {
  return by.startsWith(LABEL) ? `label ${by.slice(LABEL.length)}` : by;
}
