// Where a log goes: to standard output, as it is or as events of JSON; what is missing of it to standard error.
import type { LogSlice } from '../../client/log-client';
import { createLogText, type LogText } from '../../client/log-text';
import type { Cli } from '../cli';
import type { LogStatus } from '../show/log-status';
import { gapInWords } from './gap-in-words';
import { createLogSink } from './log-sink';

export interface LogOutput {
  slice(slice: LogSlice, attempt: number): void;
  /** How it stands when reading ends; `told` is that in words, a line each. */
  end(status: LogStatus, told: readonly string[], attempt: number | undefined): void;
}

export function logOutput(cli: Cli): LogOutput {
  return cli.json ? events(cli) : bytes(cli);
}

function bytes({ host, say }: Cli): LogOutput {
  const log = createLogSink(host.stdout);
  return {
    slice: ({ bytes: part, gaps }) => {
      for (const gap of gaps) say(gapInWords(gap));
      if (part.length > 0) log.write(part);
    },
    end: (_, told) => {
      log.end();
      for (const line of told) say(line);
    },
  };
}

/** One event a line: `{"event":"log"}` with text, then `{"event":"end"}` with how the log stands. */
function events({ out }: Cli): LogOutput {
  const texts = new Map<number, LogText>();
  const event = (value: unknown): void => out(JSON.stringify(value));
  return {
    slice: ({ bytes: part, from, gaps }, attempt) => {
      if (part.length === 0 && gaps.length === 0) return;
      const text = texts.get(attempt) ?? createLogText();
      texts.set(attempt, text);
      event({ event: 'log', attempt, from, text: text.decode(part), gaps });
    },
    end: (status, told, attempt) => {
      const rest = attempt === undefined ? '' : (texts.get(attempt)?.end() ?? '');
      event({
        event: 'end',
        ...(attempt === undefined ? {} : { attempt }),
        ...(rest === '' ? {} : { text: rest }),
        log: status,
        ...(told.length === 0 ? {} : { detail: told.map((line) => line.slice(1, -1)).join('; ') }),
      });
    },
  };
}
