// gpujobs list: jobs, newest first; or the members of a group, by their indexes.
import { MOST_MEMBERS } from '../../domain/group/member';
import type { JobSummary } from '../../domain/lists/job-summary';
import type { Cli } from '../cli';
import { printGroupTable } from '../groups/group-table';
import { paintState } from '../paint';
import { ago, duration } from '../show/duration';
import { type Column, fittedTable } from '../show/fitted-table';
import { reasonInWords } from '../show/timeline';
import { lackInWords } from '../show/waiting-in-words';
import { gpuInWords, printable } from '../show/words';
import { type FilterFlags, jobFilter } from '../spec/job-filter';

export interface ListFlags extends FilterFlags {
  readonly limit?: number;
  readonly group?: string;
}

/** Most jobs that the API hands out at once. */
const PAGE = 200;
const DEFAULT_LIMIT = 50;

export async function list(cli: Cli, flags: ListFlags): Promise<void> {
  const client = await cli.client();
  const jobs: JobSummary[] = [];
  const { group } = flags;
  const limit = flags.limit ?? (group === undefined ? DEFAULT_LIMIT : MOST_MEMBERS);
  const filter = { ...jobFilter(cli, flags), group, limit: Math.min(limit, PAGE) };
  for await (const job of client.jobs.listAll(filter)) {
    jobs.push(job);
    if (jobs.length === limit) break;
  }
  if (cli.json) {
    cli.printJson({ jobs });
    return;
  }
  if (jobs.length === 0) {
    cli.say('No jobs.');
    return;
  }
  if (group !== undefined) {
    printGroupTable(cli, jobs);
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
