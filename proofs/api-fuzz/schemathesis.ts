// Schemathesis, the OpenAPI-driven fuzzer from PyPI, in a virtual environment of its own: found, installed, run.
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { type PythonProgram, pythonProgramIn } from '../../test/python-program';

const SCHEMATHESIS: PythonProgram = {
  title: 'Schemathesis',
  name: 'schemathesis',
  requirement: 'schemathesis==4.32.5',
  limitMs: 5 * 60_000,
};

export interface FuzzOptions {
  /** The OpenAPI document, a file; what Schemathesis keeps for itself goes beside it. */
  readonly document: string;
  readonly url: string;
  readonly seconds: number;
  readonly seed: number;
  /** The most test cases of one operation in each phase. */
  readonly examples: number;
}

/** Path of the program; rejects, saying why and what to do, when it isn't there and can't be installed. */
export async function schemathesisIn(folder: string, say: (line: string) => void): Promise<string> {
  return pythonProgramIn(folder, SCHEMATHESIS, say);
}

/**
 * What an answer must be: no 5xx, of a described status and type, headers and body by their schemas, and a refusal
 * where the request is against its schema. A request's schema says less than the handler asks for (labels that are
 * JSON, a placement that exists), so that what it allows need not be accepted.
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
