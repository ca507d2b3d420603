// gpujobs list: jobs, newest first.
import type { JobSummary } from '../../domain/lists/job-summary';
import type { Cli } from '../cli';
import { paintState } from '../paint';
import { ago, duration } from '../show/duration';
import { type Column, fittedTable } from '../show/fitted-table';
import { reasonInWords } from '../show/timeline';
import { lackInWords } from '../show/waiting-in-words';
import { gpuInWords, printable } from '../show/words';
import { type FilterFlags, jobFilter } from '../spec/job-filter';

export interface ListFlags extends FilterFlags {
  readonly limit: number;
}

/** Most jobs that the API hands out at once. */
const PAGE = 200;

export async function list(cli: Cli, flags: ListFlags): Promise<void> {
  const client = await cli.client();
  const jobs: JobSummary[] = [];
  const filter = { ...jobFilter(cli, flags), limit: Math.min(flags.limit, PAGE) };
  for await (const job of client.jobs.listAll(filter)) {
    jobs.push(job);
    if (jobs.length === flags.limit) break;
  }
  if (cli.json) {
    cli.printJson({ jobs });
    return;
  }
  if (jobs.length === 0) {
    cli.say('No jobs.');
    return;
  }
  for (const line of fittedTable(JOB_COLUMNS, rowsOf(cli, jobs), cli.host.stdout)) cli.out(line);
}

const JOB_COLUMNS: readonly Column[] = [
  { heading: 'ID' },
  { heading: 'NAME', least: 8 },
  { heading: 'STATE' },
  { heading: 'GPU', goes: 2 },
  { heading: 'PLACEMENT', least: 9, goes: 3 },
  { heading: 'SUBMITTED', goes: 4 },
  { heading: 'TIME', goes: 1 },
  { heading: 'REASON', least: 12 },
];

function rowsOf({ paint, host }: Cli, jobs: readonly JobSummary[]): string[][] {
  const now = host.clock.now();
  return jobs.map((job) => {
    const created = Date.parse(job.createdAt);
    const took = duration((job.endedAt === undefined ? now : Date.parse(job.endedAt)) - created);
    return [
      job.id,
      printable(job.name ?? '-'),
      paintState(paint, job.state),
      gpuInWords(job.gpu),
      job.placement ?? '-',
      ago(now - created),
      took,
      whyOf(job),
    ];
  });
}

/** Why it ended so, or what its workload waits for. */
function whyOf(job: JobSummary): string {
  if (job.lacks !== undefined) return `waits for ${lackInWords(job.lacks)}`;
  return job.outcome === 'Succeeded' ? '' : printable(reasonInWords(job));
}
