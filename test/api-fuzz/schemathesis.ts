// Schemathesis, the OpenAPI-driven fuzzer from PyPI, in a virtual environment of its own: found, installed, run.
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** The newest with which this was run. */
const SCHEMATHESIS = 'schemathesis==4.32.5';
const INSTALL_LIMIT_MS = 5 * 60_000;

export interface FuzzOptions {
  /** The OpenAPI document, a file; what Schemathesis keeps for itself goes beside it. */
  readonly document: string;
  readonly url: string;
  readonly seconds: number;
  readonly seed: number;
  /** The most test cases of one operation in each phase. */
  readonly examples: number;
}

/** Path of the program; installs it into `folder` first when it is not there. Rejects, saying what to do, when Python is missing. */
export async function schemathesisIn(folder: string, say: (line: string) => void): Promise<string> {
  const program = join(folder, 'bin', 'schemathesis');
  if (existsSync(program)) return program;
  const run = promisify(execFile);
  try {
    say(`Installing ${SCHEMATHESIS} into ${folder} …`);
    await run('python3', ['-m', 'venv', folder]);
    await run(join(folder, 'bin', 'pip'), ['install', '--quiet', SCHEMATHESIS], {
      timeout: INSTALL_LIMIT_MS,
    });
    return program;
  } catch (error) {
    throw new Error(
      `Schemathesis could not be installed. It needs python3 (3.10 or later) with venv, and PyPI; or make a virtual environment in ${folder} yourself and install ${SCHEMATHESIS} there.`,
      { cause: error },
    );
  }
}

/**
 * What an answer must be: no 5xx, of a described status and type, headers and body by their schemas, and a refusal where the request is
 * against its schema. A request's schema says less than the handler asks for (two filters at once, a placement that exists), so that
 * what it allows need not be accepted.
 */
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
];

/** Of its own accord it does not count 413 among the refusals. */
const CONFIGURATION = `[checks.negative_data_rejection]
expected-statuses = ["4xx", "5xx"]
`;

/** Runs it with its output on ours; resolves to its exit code: 0 when nothing was found. */
export async function fuzz(program: string, options: FuzzOptions): Promise<number> {
  const folder = dirname(options.document);
  const configuration = join(folder, 'schemathesis.toml');
  await writeFile(configuration, CONFIGURATION);
  const child = spawn(
    program,
    [
      ...['--config-file', configuration, 'run', options.document, '--url', options.url],
      ...['--checks', CHECKS.join(','), '--phases', 'examples,coverage,fuzzing'],
      ...['--max-time', String(options.seconds), '--max-examples', String(options.examples)],
      ...['--seed', String(options.seed), '--request-timeout', '65', '--continue-on-failure'],
      ...['--suppress-health-check', 'all', '--generation-database', 'none', '--warnings', 'off'],
    ],
    { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
