// The genuine az, with a configuration of its own, so that the user's stays as it is.
import { spawn } from 'node:child_process';

import type { PythonProgram } from '../../test/python-program';

export const AZURE_CLI: PythonProgram = {
  title: 'The Azure CLI',
  name: 'az',
  requirement: 'azure-cli==2.91.0',
  limitMs: 20 * 60_000,
};

/** How a command ended, and all its output. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export type Run = (args: readonly string[]) => Promise<Ran>;

/** `configuration` is az's folder; `authority` is the certificate file that it trusts. */
export function azWith(program: string, configuration: string, authority: string): Run {
  return (args) =>
    runProgram(program, args, {
      ...process.env,
      AZURE_CONFIG_DIR: configuration,
      AZURE_CORE_COLLECT_TELEMETRY: 'no',
      AZURE_CORE_NO_COLOR: 'yes',
      REQUESTS_CA_BUNDLE: authority,
    });
}

/** Rejects only when the program can't be started. */
export async function runProgram(
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<Ran> {
  const child = spawn(program, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, stdout, stderr }));
  });
}
