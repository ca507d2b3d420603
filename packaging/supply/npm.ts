// npm as a process.
import { execFile } from 'node:child_process';

export interface NpmAnswer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Output that npm may make, bytes: a bill of materials is some 200 kB. */
const MOST = 64_000_000;

/** Runs npm in `folder`. Rejects where it fails, unless `mayFail`: then its exit code is part of the answer. */
export function npm(
  folder: string,
  args: readonly string[],
  {
    mayFail = false,
    env = process.env,
  }: { readonly mayFail?: boolean; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<NpmAnswer> {
  // A child of `npm run` is told which npm that is; one of the PATH may be another.
  const script = env['npm_execpath'];
  const [program, before] = script === undefined ? ['npm', []] : [process.execPath, [script]];
  const options = { cwd: folder, env, maxBuffer: MOST };
  return new Promise((done, fail) => {
    const child = execFile(program, [...before, ...args], options, (error: Error | null, stdout, stderr) => {
      if (error === null) done({ exitCode: 0, stdout, stderr });
      else if (mayFail && child.exitCode !== null) done({ exitCode: child.exitCode, stdout, stderr });
      else fail(error);
    });
  });
}
