// What every command is given: where to write, how, and a client of the deployment that was asked for.
import type { GpuJobsClient } from '../client/gpu-jobs-client';
import type { Host } from './host';
import type { Paint } from './paint';
import type { Target } from './profiles/target';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly profile?: string;
  readonly output?: 'table' | 'json';
}

export interface Cli {
  readonly host: Host;
  /** What was typed after `gpujobs`, for what the parser does not report. */
  readonly args: readonly string[];
  readonly json: boolean;
  /** For standard output, and for standard error. */
  readonly paint: Paint;
  readonly paintErr: Paint;
  /** Writes a line, or several, to standard output: what the command is for. */
  readonly out: (text: string) => void;
  /** Writes a line to standard error: what a person should know besides. */
  readonly say: (text: string) => void;
  /** Writes an answer as JSON to standard output. */
  readonly printJson: (value: unknown) => void;
  readonly target: () => Promise<Target>;
  /** `tell` reports tries that failed, for commands that wait long. A short command reports only its end. */
  readonly client: (tell?: (text: string) => void) => Promise<GpuJobsClient>;
}
