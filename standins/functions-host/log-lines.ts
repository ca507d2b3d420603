// Writes log lines as text: time, level, function, message.
import { format } from 'node:util';

import type { LogLevel, LogLine, WriteLog } from './app/app-log';

const RANK: Readonly<Record<LogLevel, number>> = {
  trace: 0,
  debug: 1,
  information: 2,
  warning: 3,
  error: 4,
  critical: 5,
  none: 6,
};
const SHORT: Readonly<Record<LogLevel, string>> = {
  trace: 'trace',
  debug: 'debug',
  information: 'info',
  warning: 'warn',
  error: 'error',
  critical: 'fatal',
  none: 'none',
};

/** One line as text, without the line's end; further lines of a message are indented. */
export function formatLogLine(line: LogLine, at: Date): string {
  const message = line.message.trimEnd().replace(/\r?\n/g, '\n    ');
  return `${at.toISOString()} ${SHORT[line.level].padEnd(5)} ${line.functionName ?? 'host'}: ${message}`;
}

/** Passes on lines of `least` and above. */
export function createLogWriter(least: LogLevel, now: () => Date, write: (text: string) => void): WriteLog {
  return (line) => {
    if (RANK[line.level] >= RANK[least] && line.level !== 'none') write(`${formatLogLine(line, now())}\n`);
  };
}

/** Makes the app's `console` write log lines, so that standard output stays the host's own. */
export function captureConsole(target: Console, log: WriteLog): void {
  const levels = {
    log: 'information',
    info: 'information',
    debug: 'debug',
    warn: 'warning',
    error: 'error',
  } as const;
  for (const [method, level] of Object.entries(levels))
    Object.assign(target, {
      [method]: (...values: unknown[]) =>
        log({ level, category: 'user', functionName: 'console', message: format(...values) }),
    });
}
