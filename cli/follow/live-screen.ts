// A followed job on a terminal: its log runs by, below it a display of its state that is drawn again and again.
import type { JobView } from '../../api/jobs';
import { createLogText, type LogText } from '../../client/log-text';
import type { Cli } from '../cli';
import { isTerminal, type LiveLines } from '../host';
import { safeLines } from '../show/terminal-safe';
import { gapInWords } from './gap-in-words';
import { liveLines } from './live-lines';
import type { Screen } from './screen';
import { createTerminalText, type TerminalText } from './terminal-text';

/** Between two drawings, milliseconds: a clock that runs, and a spinner. */
const DRAW_EVERY_MS = 120;
/** The cost so far grows while nothing happens. */
const REFRESH_EVERY_MS = 10_000;
const DEFAULT_COLUMNS = 80;

/** `hint`: what Ctrl-C does. A log that does not go to this terminal is written byte for byte. */
export function createLiveScreen(cli: Cli, live: LiveLines, { hint }: { hint: string }): Screen {
  const { host, paintErr } = cli;
  const logIsShown = isTerminal(host.stdout);
  let log: { text: LogText; shown: TerminalText } = { text: createLogText(), shown: createTerminalText() };
  let job: JobView | undefined;
  let question: string | undefined;
  let frame = 0;

  const draw = (): void => {
    const columns = host.stderr.columns ?? DEFAULT_COLUMNS;
    const unfinished = logIsShown ? log.shown.unfinished() : '';
    const lines = liveLines(
      { job, unfinished, question, hint, now: host.clock.now(), frame, columns },
      paintErr,
    );
    live(safeLines(lines.join('\n')));
  };
  const timer = setInterval(() => {
    frame += 1;
    draw();
  }, DRAW_EVERY_MS);
  /** Writes above the display. */
  const above = (write: () => void): void => {
    live.clear();
    write();
    draw();
  };
  const showLines = (lines: readonly string[]): void => {
    if (lines.length > 0) above(() => cli.out(lines.join('\n')));
  };

  return {
    refreshMs: REFRESH_EVERY_MS,
    onJob: (changed) => {
      job = changed;
      draw();
    },
    onLog: ({ bytes, gaps }) => {
      for (const gap of gaps) above(() => cli.say(paintErr.yellow(gapInWords(gap))));
      if (!logIsShown) host.stdout.write(bytes);
      else showLines(log.shown.add(log.text.decode(bytes)));
    },
    onLogEnd: () => {
      if (logIsShown)
        showLines(log.shown.add(`${log.text.end()}${log.shown.unfinished() === '' ? '' : '\n'}`));
      log = { text: createLogText(), shown: createTerminalText() };
    },
    say: (text) => above(() => cli.say(text)),
    ask: (asked) => {
      question = asked;
      draw();
    },
    close: () => {
      clearInterval(timer);
      live.clear();
      live.done();
    },
  };
}
