// A program from PyPI in a virtual environment of its own: found, or installed.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface PythonProgram {
  /** For people: `Schemathesis`. */
  readonly title: string;
  /** The name of its executable. */
  readonly name: string;
  /** With its version: the newest with which the caller was run. */
  readonly requirement: string;
  /** Milliseconds that the installation may take. */
  readonly limitMs: number;
}

/**
 * Path of the program. If it is not there, installs it into `folder` first. Rejects if that fails, and says why and
 * what to do.
 */
export async function pythonProgramIn(
  folder: string,
  { title, name, requirement, limitMs }: PythonProgram,
  say: (line: string) => void,
): Promise<string> {
  const program = join(folder, 'bin', name);
  if (existsSync(program)) return program;
  const run = promisify(execFile);
  try {
    say(`Installing ${requirement} into ${folder} …`);
    await run('python3', ['-m', 'venv', folder]);
    await run(join(folder, 'bin', 'pip'), ['install', '--quiet', requirement], { timeout: limitMs });
    return program;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${title} could not be installed. It needs python3 (3.10 or later) with venv, and PyPI; or make a virtual environment in ${folder} yourself and install ${requirement} there.\n${why}`,
      { cause: error },
    );
  }
}
