// Makes what every command is given, from the host and the options that every command takes.
import type { Cli, GlobalOptions } from './cli';
import { type Host, isTerminal, type Output } from './host';
import { load } from './load';
import { paintFor } from './paint';
import type { Target } from './profiles/target';
import { safeLines } from './show/terminal-safe';
import { createPatientFetch } from './slow-notice';

export function createCli(host: Host, { profile, output }: GlobalOptions, args: readonly string[] = []): Cli {
  let target: Promise<Target> | undefined;
  const say = linesTo(host.stderr);
  const out = linesTo(host.stdout);
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
        fetch: createPatientFetch(host, url),
        patienceMs: PATIENCE_MS,
        onRetry: ({ why }) => tell?.(paintErr.yellow(`No answer from ${url}: ${why}. Trying again…`)),
      });
    },
  };
}

/** What is written quotes names and messages of others. A file gets them as they are. */
function linesTo(output: Output): (text: string) => void {
  return (text) => void output.write(`${isTerminal(output) ? safeLines(text) : text}\n`);
}

/**
 * A person waits before the screen, so an address that does not answer is reported soon. Following has its own, longer
 * patience.
 */
const PATIENCE_MS = 3_000;
