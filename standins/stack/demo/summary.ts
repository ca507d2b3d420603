// The demo's summary: a column for each job, a row for each fact.
import type { Job } from '../jobs-api';
import type { Trace } from '../trace';
import { type JobProgress, PASSING_STATES, timesInStates } from './job-progress';
import { type Paint, seconds } from './paint';
import type { PlatformRecords } from './platform-records';
import { refusalsOf } from './refusals';

/** A blob of a job's log archive. */
export interface LogBlob {
  /** Container and name: `job-logs/<job>/<attempt>/<container>.<n>.log`. */
  readonly path: string;
  readonly bytes: number;
}

export interface FinishedJob {
  readonly progress: JobProgress;
  readonly job: Job;
  readonly logBlobs: readonly LogBlob[];
  /** What its platform says of the last attempt's workload. */
  readonly trace: Trace;
}

type Row = readonly [fact: string, value: (finished: FinishedJob) => string];

export function renderSummary(jobs: readonly FinishedJob[], paint: Paint): string {
  const rows: readonly Row[] = [
    ['job', ({ job }) => job.id],
    ['submitted by', ({ progress }) => progress.submittedBy],
    ['state', ({ job }) => job.state],
    ['exit code', ({ job }) => (job.exitCode === undefined ? '–' : String(job.exitCode))],
    ['asked for', ({ progress }) => progress.gpu],
    ['GPU', ({ job }) => gpuOf(job)],
    ['placement', ({ job }) => job.attempts.map((attempt) => attempt.placement).join(', ')],
    ...PASSING_STATES.map((state): Row => [state, ({ job }) => timeIn(job, state)]),
    ['gone after', ({ trace }) => goneAfter(trace)],
    ['log archived', ({ logBlobs }) => logSize(logBlobs)],
  ];
  const head = ['', ...jobs.map(({ progress }) => progress.title)];
  const cells = rows.map(([fact, value]) => [fact, ...jobs.map(value)]);
  const widths = head.map((_, column) =>
    Math.max(...[head, ...cells].map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[], colour: (text: string, column: number) => string): string =>
    row
      .map((cell, column) => colour(cell.padEnd(widths[column] ?? 0), column))
      .join('   ')
      .trimEnd();
  return [
    line(head, paint.bold),
    paint.dim('─'.repeat(widths.reduce((sum, width) => sum + width + 3, -3))),
    ...cells.map((row) => line(row, (text, column) => (column === 0 ? paint.dim(text) : shade(text, paint)))),
    '',
    ...jobs.flatMap(({ progress, job }) =>
      refusalsOf(job).map((line) => `${progress.title}: ${paint.yellow(line)}`),
    ),
    ...jobs.flatMap(({ logBlobs }) => logBlobs.map((blob) => `${paint.dim('log')} ${blob.path}`)),
  ].join('\n');
}

/** What each platform counted, a line each. */
export function renderCounts({ instances, cluster, apps }: PlatformRecords): readonly string[] {
  const { puts, programs, groups } = instances.ledger;
  const jobs = cluster.ledger.objects.filter(({ resource }) => resource === 'jobs.batch');
  const pods = cluster.ledger.objects.filter(({ resource }) => resource === 'pods');
  const { starts, jobs: definitions } = apps.ledger;
  return [
    `On Container Apps: definitions ${definitions.length}, starts ${starts.length}, programs started ${apps.ledger.programs.length}, ${rest(apps.left, 'definition')}`,
    `On the cluster: Jobs ${jobs.length}, pods ${pods.length}, programs started ${cluster.ledger.programs.length}, ${rest(cluster.left, 'Job, pod or Secret')}`,
    `On container instances: creates ${puts.length}, groups ${groups.length}, programs started ${programs.length}, ${rest(instances.left, 'container group')}`,
  ];
}

function rest(left: readonly string[], what: string): string {
  return left.length === 0 ? `no ${what} left` : `left: ${left.join(', ')}`;
}

/** The GPU that the last attempt got. */
function gpuOf({ attempts }: Job): string {
  const gpu = attempts.at(-1)?.gpu;
  return gpu === undefined ? '–' : `${gpu.count} × ${gpu.sku}`;
}

function timeIn(job: Job, state: string): string {
  const time = timesInStates(job, Date.now()).find((candidate) => candidate.state === state);
  return time === undefined ? '–' : seconds(time.ms);
}

/** The time from the end of the program to the end of its workload, by the platform's own record. */
function goneAfter({ goneAt, programs }: Trace): string {
  const ended = programs.at(-1)?.endedAt;
  return goneAt === undefined || ended === undefined ? '–' : seconds(goneAt - ended);
}

function logSize(blobs: readonly LogBlob[]): string {
  return `${blobs.reduce((sum, blob) => sum + blob.bytes, 0).toLocaleString('en')} bytes`;
}

function shade(text: string, paint: Paint): string {
  const word = text.trim();
  if (word === 'Succeeded') return paint.green(text);
  return word === 'Failed' || word === 'TimedOut' ? paint.red(text) : text;
}
