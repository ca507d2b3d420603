// A followed job as plain lines: its states on standard error, its log on standard output.
import type { JobView } from '../../api/jobs';
import type { Cli } from '../cli';
import { paintState } from '../paint';
import { timeOfDay } from '../show/duration';
import { type Step, toldSteps } from '../show/timeline';
import { gapInWords } from './gap-in-words';
import { createLogSink } from './log-sink';
import type { Screen } from './screen';

const STATE_COLUMNS = 'Provisioning'.length;

/**
 * `withLog`: what comes after the program is held back until its log is complete, so that the lines tell the story in
 * order.
 */
export function createPlainScreen(cli: Cli, { withLog }: { withLog: boolean }): Screen {
  const told = new Set<string>();
  const log = createLogSink(cli.host.stdout);
  let newest: JobView | undefined;
  let logDone = withLog ? 0 : Number.POSITIVE_INFINITY;
  let atLineStart = true;
  const tell = (): void => {
    for (const { key, step } of newest === undefined ? [] : toldSteps(newest)) {
      if (told.has(key)) continue;
      if (step.afterProgram && step.attempt > logDone) return;
      told.add(key);
      cli.say(stepLine(cli, step));
    }
  };
  return {
    onJob: (job) => {
      newest = job;
      tell();
    },
    onLog: ({ bytes, gaps }) => {
      for (const gap of gaps) cli.say(gapInWords(gap));
      if (bytes.length === 0) return;
      log.write(bytes);
      atLineStart = bytes.at(-1) === NEWLINE;
    },
    onLogEnd: (attempt) => {
      log.end();
      // On one screen the next line must not hang on to the log's last; a file gets the log's bytes and nothing else.
      if (!atLineStart && cli.host.stdout.isTTY === true) cli.out('');
      atLineStart = true;
      logDone = attempt;
      tell();
    },
    say: cli.say,
    ask: (question) => (question === undefined ? undefined : cli.say(question)),
    close: () => undefined,
  };
}

const NEWLINE = 10;

function stepLine({ paintErr }: Cli, { at, state, detail }: Step): string {
  const shown = paintState(paintErr, state, state.padEnd(detail === '' ? 0 : STATE_COLUMNS));
  return `${paintErr.dim(timeOfDay(at))}  ${shown}${detail === '' ? '' : `  ${detail}`}`;
}
