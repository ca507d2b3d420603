// The form of the log lines of app and host, apart from where they go.

export type LogLevel = 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical' | 'none';

export interface LogLine {
  readonly level: LogLevel;
  /** `user`: the app's own words. `system`: the host or the Functions library speaking. */
  readonly category: 'user' | 'system';
  readonly message: string;
  /** Absent where no invocation is concerned. */
  readonly functionName?: string;
  readonly invocationId?: string;
}

/** Takes lines; must not throw. */
export type WriteLog = (line: LogLine) => void;
