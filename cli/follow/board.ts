// Several jobs at once: a table drawn again and again, or a line for each change.
import type { JobView } from '../../api/jobs';
import type { Cli } from '../cli';
import { isTerminal } from '../host';
import { paintState } from '../paint';
import { duration, timeOfDay } from '../show/duration';
import { type Column, fittedTo } from '../show/fitted-table';
import { cut } from '../show/table';
import { safeLines } from '../show/terminal-safe';
import { timeline, toldSteps } from '../show/timeline';
import { lackInWords } from '../show/waiting-in-words';
import { costInWords, gpuInWords, printable } from '../show/words';

export interface Board {
  readonly show: (jobs: readonly JobView[]) => void;
  readonly say: (text: string) => void;
  readonly ask: (question: string | undefined) => void;
  readonly close: () => void;
}

/** Between two drawings, milliseconds: clocks run on between two looks. */
const DRAW_EVERY_MS = 250;
const DEFAULT_COLUMNS = 80;

export async function boardFor(cli: Cli): Promise<Board> {
  if (cli.json) return changes(cli, (job) => cli.out(JSON.stringify({ event: 'job', job })));
  if (cli.host.live !== undefined && isTerminal(cli.host.stdout)) return liveBoard(cli);
  return plainBoard(cli);
}

async function liveBoard(cli: Cli): Promise<Board> {
  const { host, paintErr } = cli;
  const live = await host.live?.();
  let jobs: readonly JobView[] = [];
  let question: string | undefined;
  const draw = (): void => {
    const columns = host.stderr.columns ?? DEFAULT_COLUMNS;
    const asked = question === undefined ? paintErr.dim('Ctrl-C stops watching') : paintErr.yellow(question);
    const lines =
      jobs.length === 0
        ? ['No jobs yet.']
        : boardLines(jobs, paintErr, host.clock.now(), host.stderr.columns ?? DEFAULT_COLUMNS);
    live?.(safeLines([...lines, '', asked].map((line) => cut(line, columns)).join('\n')));
  };
  const timer = setInterval(draw, DRAW_EVERY_MS);
  return {
    show: (known) => {
      jobs = known;
      draw();
    },
    say: (text) => {
      live?.clear();
      cli.say(text);
      draw();
    },
    ask: (asked) => {
      question = asked;
      draw();
    },
    close: () => {
      clearInterval(timer);
      live?.clear();
      // What was last seen stays on the screen, without the hint.
      for (const line of jobs.length === 0
        ? []
        : boardLines(jobs, paintErr, host.clock.now(), host.stderr.columns ?? DEFAULT_COLUMNS))
        cli.say(line);
      live?.done();
    },
  };
}

const COLUMNS: readonly Column[] = [
  { heading: 'ID' },
  { heading: 'NAME', least: 8 },
  { heading: 'STATE' },
  { heading: 'SINCE' },
  { heading: 'TIME', goes: 1 },
  { heading: 'PLACEMENT', least: 9, goes: 3 },
  { heading: 'GPU', goes: 2 },
  { heading: 'COST', goes: 4 },
];

/** One line a job: where it stands, for how long, what it has cost. */
function boardLines(
  jobs: readonly JobView[],
  paint: Cli['paint'],
  now: number,
  columns: number,
): readonly string[] {
  const rows = jobs.map((job) => {
    const attempt = job.attempts.at(-1);
    const lacking = attempt?.lacking;
    const begun = Date.parse(job.createdAt);
    const end = job.endedAt === undefined ? now : Date.parse(job.endedAt);
    const since = job.outcome === undefined ? duration(now - (timeline(job).at(-1)?.at ?? begun)) : '-';
    return [
      job.id,
      printable(job.name ?? '-'),
      `${paintState(paint, job.state)}${lacking === undefined ? '' : ` (waits for ${lackInWords(lacking.code)})`}`,
      since,
      duration(end - begun),
      attempt?.placement ?? '-',
      gpuInWords(attempt?.gpu ?? job.gpu),
      job.cost === undefined ? '-' : costInWords(job.cost),
    ];
  });
  return fittedTo(COLUMNS, rows, columns);
}

/** Each step of each job once, by what the job itself says of when it happened. */
function plainBoard(cli: Cli): Board {
  const told = new Set<string>();
  const tell = (job: JobView): void => {
    for (const { key, step } of toldSteps(job)) {
      if (told.has(`${job.id} ${key}`)) continue;
      told.add(`${job.id} ${key}`);
      const { at, state, detail } = step;
      cli.out(`${timeOfDay(at)}  ${job.id}  ${state}${detail === '' ? '' : `  ${detail}`}`);
    }
  };
  return changes(cli, tell);
}

function changes(cli: Cli, tell: (job: JobView) => void): Board {
  const seen = new Map<string, string>();
  return {
    show: (jobs) => {
      for (const job of jobs) {
        // It grows by itself: no change.
        const text = JSON.stringify(job, (key, value: unknown) => (key === 'cost' ? undefined : value));
        if (seen.get(job.id) === text) continue;
        seen.set(job.id, text);
        tell(job);
      }
    },
    say: cli.say,
    ask: (question) => (question === undefined ? undefined : cli.say(question)),
    close: () => undefined,
  };
}
