// gpujobs in this process: a command line, a machine of the test's own, an API by script.
import { Readable } from 'node:stream';

import type { Host } from '../../../cli/host';
import { runCli } from '../../../cli/run-cli';
import { type Answer, type Asked, scriptedFetch } from '../../client/support/scripted-fetch';

export interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
  readonly asked: readonly Asked[];
}

/** Noon of the jobs in `test/client/support/jobs.ts`, a minute later. */
const NOW = Date.UTC(2026, 0, 31, 12, 1, 0);

export async function runGpujobs(
  args: readonly string[],
  answer: (asked: Asked, number: number) => Answer,
  { env = {}, stdin = '', host = {} }: { env?: Host['env']; stdin?: string; host?: Partial<Host> } = {},
): Promise<Ran> {
  const written = { out: '', err: '' };
  const { fetch, asked } = scriptedFetch(answer);
  const exitCode = await runCli(args, {
    env: { GPUJOBS_URL: 'https://app.example', ...env },
    stdin: Readable.from([stdin]),
    stdout: { write: (chunk) => void (written.out += Buffer.from(chunk).toString()) },
    stderr: { write: (chunk) => void (written.err += Buffer.from(chunk).toString()) },
    clock: { now: () => NOW, monotonic: () => performance.now() },
    fetch,
    live: undefined,
    onInterrupt: () => () => undefined,
    onKeys: undefined,
    ...host,
  });
  return { exitCode, ...written, asked };
}
