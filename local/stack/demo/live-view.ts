// The demo on a terminal: all jobs at once, redrawn in place. A pure function from what is known to lines.
import { isDone, type JobProgress, timesInStates } from './job-progress';
import { fit, type Paint, seconds } from './paint';

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** Milliseconds a spinner's picture stands. */
const SPINNER_MS = 80;

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
  const from = `by ${progress.submittedBy}`.padEnd('by schedule'.length);
  const head = `${mark(progress, view)} ${paint.bold(progress.title.padEnd(width))}  ${paint.dim(from)}  ${paint.dim(progress.gpu)}`;
  const tail = progress.logLines.slice(-TAIL).map((line) => `  ${paint.dim(`│ ${fit(line, columns - 8)}`)}`);
  return [head, `  ${trail(progress, view)}`, ...tail].join('\n');
}

function mark(progress: JobProgress, { now, paint }: LiveView): string {
  const outcome = progress.job?.outcome;
  if (outcome === undefined || !isDone(progress))
    return paint.cyan(SPINNER[Math.floor(now / SPINNER_MS) % SPINNER.length] ?? '');
  return outcome === 'Succeeded' ? paint.green('✔') : paint.red('✘');
}

/** The states so far with their times, then the outcome. */
function trail({ job }: JobProgress, { now, paint }: LiveView): string {
  if (job === undefined) return paint.dim('submitted');
  const steps = timesInStates(job, now).map(({ state, ms, current }) =>
    current ? paint.cyan(`${state} ${seconds(ms)}`) : paint.dim(`${state} ${seconds(ms)}`),
  );
  if (job.outcome !== undefined) {
    const text = `${job.outcome}${job.exitCode === undefined ? '' : `, exit ${job.exitCode}`}`;
    steps.push(job.outcome === 'Succeeded' ? paint.green(text) : paint.red(text));
    steps.push(
      job.cleanup === 'gone' ? paint.green('group gone') : paint.yellow(`group: removal ${job.cleanup}`),
    );
  }
  return steps.join(paint.dim(' › '));
}
