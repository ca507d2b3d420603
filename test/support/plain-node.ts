// Calls an exported function in a process of plain node, because jest's vm context makes long virtual times about ten
// times slower.
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

import type { z } from 'zod';

const ROOT = resolve(__dirname, '../..');
const LARGEST_ANSWER = 16 * 1024 * 1024;

export interface PlainCall<Answer> {
  /** The module, relative to the repository's root. */
  readonly module: string;
  readonly name: string;
  /** Its only argument; travels as JSON. */
  readonly argument: unknown;
  /** The schema of the function's result, which travels as JSON. */
  readonly answer: z.ZodType<Answer>;
  readonly limitMs: number;
}

/** @throws what the process said when it failed, was killed after `limitMs` or answered something else. */
export async function inPlainNode<Answer>(call: PlainCall<Answer>): Promise<Answer> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      ...['--require', './proofs/register.js', 'test/support/plain-node-main.ts'],
      ...[call.module, call.name, JSON.stringify(call.argument)],
    ],
    { cwd: ROOT, timeout: call.limitMs, killSignal: 'SIGKILL', maxBuffer: LARGEST_ANSWER },
  );
  return call.answer.parse(JSON.parse(stdout));
}
