// The demo on a terminal: all jobs at once, redrawn in place. It is a pure function from what is known to lines.
import { isDone, type JobProgress, timesInStates } from './job-progress';
import { fit, type Paint } from './paint';
import { wordOf } from './platform';
import { refusalsOf } from './refusals';

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** How long each picture of a spinner is shown, milliseconds. */
const SPINNER_MS = 80;

/** As wide as `1 × V100`. */
const GPU_WIDTH = 8;

/** Lines of each log that are shown. */
const TAIL = 3;

export interface LiveView {
  readonly jobs: readonly JobProgress[];
  /** Epoch milliseconds. */
  readonly now: number;
  /** Of the terminal. */
  readonly columns: number;
  readonly paint: Paint;
}

export function renderLive(view: LiveView): string {
  const width = Math.max(...view.jobs.map((job) => job.title.length));
  return view.jobs.map((job) => renderJob(job, width, view)).join('\n\n');
}

function renderJob(progress: JobProgress, width: number, view: LiveView): string {
  const { paint, columns } = view;
  const origin = `by ${progress.submittedBy}`.padEnd('by schedule'.length);
  const head = [
    `${mark(progress, view)} ${paint.bold(progress.title.padEnd(width))}`,
    paint.dim(origin),
    paint.dim(progress.gpu.padEnd(GPU_WIDTH)),
    ending(progress, paint),
  ];
  const refused = (progress.job === undefined ? [] : refusalsOf(progress.job)).map((line) =>
    paint.yellow(`  ${fit(line, columns - 6)}`),
  );
  const tail = progress.logLines.slice(-TAIL).map((line) => paint.dim(`  │ ${fit(line, columns - 8)}`));
  return [head.join('  ').trimEnd(), `  ${trail(progress, view)}`, ...refused, ...tail].join('\n');
}

function mark(progress: JobProgress, { now, paint }: LiveView): string {
  const outcome = progress.job?.outcome;
  if (outcome === undefined || !isDone(progress))
    return paint.cyan(SPINNER[Math.floor(now / SPINNER_MS) % SPINNER.length] ?? '');
  return outcome === 'Succeeded' ? paint.green('✔') : paint.red('✘');
}

/** Empty before the outcome; then what became of job and workload. */
function ending({ job }: JobProgress, paint: Paint): string {
  if (job?.outcome === undefined) return '';
  const exit = job.exitCode === undefined ? '' : `, exit ${job.exitCode}`;
  const word = wordOf(job).split(' ').at(-1); // "container group" would be too wide.
  const gone = job.cleanup === 'gone' ? `, ${word} gone` : '';
  return (job.outcome === 'Succeeded' ? paint.green : paint.red)(`${job.outcome}${exit}${gone}`);
}

/** The states so far, each with its seconds. It fits into 80 columns. */
function trail({ job }: JobProgress, { now, paint }: LiveView): string {
  if (job === undefined) return paint.dim('submitted');
  const steps = timesInStates(job, now).map(({ state, ms, current }) => {
    const text = `${state} ${(ms / 1000).toFixed(1)}`;
    return current ? paint.cyan(text) : paint.dim(text);
  });
  return `${steps.join(paint.dim(' › '))}${paint.dim(' s')}`;
}
