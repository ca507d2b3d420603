// What every command is given: where to write, how, and a client of the deployment that was asked for.
import type { GpuJobsClient } from '../client/gpu-jobs-client';
import { type Host, isTerminal } from './host';
import { load } from './load';
import { type Paint, paintFor } from './paint';
import type { Target } from './profiles/target';
import { patientFetch } from './slow-notice';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly profile?: string;
  readonly output?: 'table' | 'json';
}

export interface Cli {
  readonly host: Host;
  /** What was typed behind `gpujobs`, for what the parser does not tell. */
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
  /** `tell` takes what is to be said of tries that failed, for whoever waits long; a short command tells its end only. */
  readonly client: (tell?: (text: string) => void) => Promise<GpuJobsClient>;
}

export function createCli(host: Host, { profile, output }: GlobalOptions, args: readonly string[] = []): Cli {
  let target: Promise<Target> | undefined;
  const say = (text: string): void => void host.stderr.write(`${text}\n`);
  const out = (text: string): void => void host.stdout.write(`${text}\n`);
  const findOnce = (): Promise<Target> => (target ??= load.target().findTarget(host.env, profile));
  const paintErr = paintFor(host.stderr, host.env);
  return {
    host,
    args,
    json: output === 'json',
    paint: paintFor(host.stdout, host.env),
    paintErr,
    out,
    say,
    printJson: (value) => out(JSON.stringify(value, undefined, isTerminal(host.stdout) ? 2 : undefined)),
    target: findOnce,
    client: async (tell) => {
      const { url, key } = await findOnce();
      return load.client().createGpuJobsClient({
        url,
        key,
        clock: host.clock,
        fetch: patientFetch(host, url),
        patienceMs: PATIENCE_MS,
        onRetry: ({ why }) => tell?.(paintErr.yellow(`No answer from ${url}: ${why}. Trying again…`)),
      });
    },
  };
}

/** Somebody sits before the screen: an address where nobody listens is told soon. Following is more patient by itself. */
const PATIENCE_MS = 3_000;
