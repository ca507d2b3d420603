// Ends the program in order at a signal: Ctrl-C, a plain kill, a closed terminal.
import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Calls `end` once at the first of these signals and then exits with 128 plus its number. A second one exits at once;
 * the stack's processes are then killed (see stack-process).
 */
export function endOnSignals(end: () => Promise<void>): void {
  let ending = false;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      const exit = (): never => process.exit(128 + constants.signals[signal]);
      if (ending) exit();
      ending = true;
      void end().then(exit, exit);
    });
  }
}
