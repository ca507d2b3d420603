// The members of a group, one line each: index, parameters, how it stands, exit code.
import type { JobSummary } from '../../domain/lists/job-summary';
import type { Cli } from '../cli';
import { type Paint, paintState } from '../paint';
import { duration } from '../show/duration';
import { type Column, fittedTable } from '../show/fitted-table';
import { reasonInWords } from '../show/timeline';
import { lackInWords } from '../show/waiting-in-words';
import { printable } from '../show/words';

const PARAMETER_LEAST = 4;

/** Ready to be fitted to a terminal. */
export function groupTable(
  jobs: readonly JobSummary[],
  paint: Paint,
  now: number,
): { readonly columns: readonly Column[]; readonly rows: readonly (readonly string[])[] } {
  const parameters = [...new Set(jobs.flatMap(({ group }) => Object.keys(group?.parameters ?? {})))];
  return {
    columns: [
      { heading: 'INDEX' },
      ...parameters.map((name) => ({ heading: name, least: PARAMETER_LEAST })),
      { heading: 'STATE' },
      { heading: 'EXIT' },
      { heading: 'TIME', goes: 2 },
      { heading: 'PLACEMENT', least: 9, goes: 1 },
      { heading: 'ID' },
      { heading: 'REASON', least: 12, goes: 3 },
    ],
    rows: jobs.map((job) => [
      String(job.group?.index ?? '-'),
      ...parameters.map((name) => printable(job.group?.parameters?.[name] ?? '-')),
      paintState(paint, job.state),
      job.exitCode === undefined ? '-' : String(job.exitCode),
      duration((job.endedAt === undefined ? now : Date.parse(job.endedAt)) - Date.parse(job.createdAt)),
      job.placement ?? '-',
      job.id,
      whyOf(job),
    ]),
  };
}

export function printGroupTable({ paint, host, out }: Cli, jobs: readonly JobSummary[]): void {
  const { columns, rows } = groupTable(jobs, paint, host.clock.now());
  for (const line of fittedTable(columns, rows, host.stdout)) out(line);
}

function whyOf(job: JobSummary): string {
  if (job.lacks !== undefined) return `waits for ${lackInWords(job.lacks)}`;
  return job.outcome === 'Succeeded' ? '' : printable(reasonInWords(job));
}
