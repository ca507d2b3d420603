// Finds, installs and runs Schemathesis, the OpenAPI-driven fuzzer from PyPI, in a virtual environment of its own.
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
  /** Path of the OpenAPI document. What Schemathesis keeps for itself goes beside it. */
  readonly document: string;
  readonly url: string;
  readonly seconds: number;
  readonly seed: number;
  /** The most test cases of one operation in each phase. */
  readonly examples: number;
}

/** Path of the program. Rejects when it isn't there and can't be installed, and says why and what to do. */
export async function schemathesisIn(folder: string, say: (line: string) => void): Promise<string> {
  return pythonProgramIn(folder, SCHEMATHESIS, say);
}

/**
 * What an answer must be: no 5xx, of a described status and type, with headers and body by their schemas. A request
 * that breaks its schema must be refused. A request that keeps it need not be accepted, because a schema says less than
 * the handler asks for (labels that are JSON, a placement that exists).
 */
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
];

/** By default Schemathesis does not count 413 among the refusals. */
const CONFIGURATION = `[checks.negative_data_rejection]
expected-statuses = ["4xx", "5xx"]
`;

/** Runs it with its output on ours. Resolves to its exit code, which is 0 when it found nothing. */
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
