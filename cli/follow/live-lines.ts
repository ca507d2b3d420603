// The display of a followed job: lines about its state and what it waits for, one for the line that it is writing.
// Pure.
import type { JobView } from '../../api/jobs';
import { type Paint, paintState } from '../paint';
import { duration } from '../show/duration';
import { cut } from '../show/table';
import { timeline, timesInStates } from '../show/timeline';
import { lackingInWords } from '../show/waiting-in-words';
import { costSoFar, gpuInWords } from '../show/words';

export interface LiveState {
  readonly job: JobView | undefined;
  /** What the program has written of its current line. */
  readonly unfinished: string;
  /** Stands in the place of the hint. */
  readonly question: string | undefined;
  readonly hint: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Counts drawings. */
  readonly frame: number;
  readonly columns: number;
}

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;

export function liveLines(state: LiveState, paint: Paint): string[] {
  const { job, unfinished, question, hint, columns } = state;
  const spinner = paint.cyan(SPINNER[state.frame % SPINNER.length] ?? '');
  const below = question === undefined ? paint.dim(hint) : paint.bold(paint.yellow(question));
  const writing = unfinished === '' ? [] : [cut(unfinished, columns)];
  if (job === undefined) return [...writing, '', `${spinner} …`, `  ${below}`];
  const lines = [
    `${spinner} ${headline(job, paint, state.now)}`,
    `  ${paint.dim(course(job, state.now))}`,
    ...waitLines(job, paint),
    `  ${below}`,
  ];
  return [...writing, '', ...lines.map((line) => cut(line, columns))];
}

/** State, how long so far, what and where, cost. */
function headline(job: JobView, paint: Paint, now: number): string {
  const attempt = job.attempts.at(-1);
  const since = timeline(job).at(-1)?.at ?? now;
  const gpu = attempt?.gpu ?? job.gpu;
  return [
    `${paint.bold(paintState(paint, job.state))} ${duration(now - since)}`,
    job.name ?? job.id,
    [attempt?.placement, gpu === undefined ? undefined : gpuInWords(gpu)].filter(isThere).join(', '),
    attempt === undefined || attempt.number === 1 ? '' : `attempt ${attempt.number}`,
    job.cost === undefined ? '' : costSoFar(job.cost),
  ]
    .filter((part) => part !== '')
    .join(paint.dim('  ·  '));
}

/** What its workload waits for, while it does. */
function waitLines({ attempts }: JobView, paint: Paint): string[] {
  const lacking = attempts.at(-1)?.lacking;
  return lacking === undefined ? [] : [`  ${paint.yellow(`waits for ${lackingInWords(lacking)}`)}`];
}

function isThere(text: string | undefined): text is string {
  return text !== undefined;
}

/** `Queued 0.1 s › Provisioning 1.0 s › Running 12 s`. */
function course(job: JobView, now: number): string {
  return timesInStates(job, now)
    .map(({ state, ms }) => `${state} ${duration(ms)}`)
    .join(' › ');
}
