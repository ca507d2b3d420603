// One run of a program, as it really was.

export interface ProgramRun {
  readonly startedAt: number;
  endedAt?: number;
  exitCode?: number;
  /** When somebody first asked it to end, or its machine was gone. */
  stoppedAt?: number;
}

/** What the record is told of a run of a program. */
export interface RunRecord {
  stopped(): void;
  ended(exitCode: number): void;
}

/** Writes into the run, with the times of `now`, epoch milliseconds. */
export function recordOf(run: ProgramRun, now: () => number): RunRecord {
  return {
    stopped: () => {
      if (run.endedAt === undefined) run.stoppedAt ??= now();
    },
    ended: (exitCode) => {
      run.endedAt = now();
      run.exitCode = exitCode;
    },
  };
}
