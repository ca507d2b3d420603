// Runs one file of tests on broken source. At least one of its tests must fail.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { z } from 'zod';

import type { Judgement } from './judgement';
import type { JudgedByTest } from './mutant';

const ROOT = resolve(__dirname, '../..');
const LIMIT_MS = 300_000;

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      message: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
});

/**
 * `overlay`: the folder with the broken source. Throws where no test ran at all: a file that can't be loaded notices
 * nothing.
 */
export async function judgeByTest({ file }: JudgedByTest, overlay: string): Promise<Judgement> {
  const report = await reportOf(file, overlay);
  const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  if (results.length === 0)
    throw new Error(`No test of ${file} ran: ${report.testResults.map(({ message }) => message).join('\n')}`);
  const failed = results.find(({ status }) => status === 'failed');
  return failed === undefined
    ? { kind: 'survives', after: `${report.numPassedTests} tests`, saw: 'nothing' }
    : { kind: 'falls', by: 'test', at: String(report.numFailedTests), how: failed.fullName };
}

async function reportOf(file: string, overlay: string): Promise<z.infer<typeof reportSchema>> {
  const folder = mkdtempSync(join(tmpdir(), 'mutant-test-'));
  const output = join(folder, 'report.json');
  try {
    const args = [
      join(ROOT, 'node_modules/jest/bin/jest.js'),
      `--config=${join(__dirname, 'jest.config.js')}`,
      '--json',
      `--outputFile=${output}`,
      '--runTestsByPath',
      join(ROOT, file),
    ];
    await ended(args, overlay);
    return reportSchema.parse(JSON.parse(readFileSync(output, 'utf8')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Jest says by its exit code that tests failed; its report says which. */
function ended(args: readonly string[], overlay: string): Promise<void> {
  const env = { ...process.env, SIMULATION_OVERLAY: overlay };
  return new Promise((done) =>
    execFile(process.execPath, args, { cwd: ROOT, env, timeout: LIMIT_MS }, () => done()),
  );
}
