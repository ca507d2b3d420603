// `npm run crash-test` as a person runs it, for three rounds: a process, its output, its exit code.
import { execFile } from 'node:child_process';

import { compiled } from '../../../standins/stack/repository-root';

function runCrashTest(...args: readonly string[]): Promise<{ code: number | string | null; output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [compiled('proofs/crash-test/main'), ...args], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : (error.code ?? null), output: stdout + stderr });
    });
  });
}

test('in three rounds of kills no job is lost, no program starts twice and nothing is left', async () => {
  const { code, output } = await runCrashTest('--rounds', '3', '--seed', '7');
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(output.match(/^✔ round \d {2}20 jobs/gm)).toHaveLength(3);
  expect(output).toMatch(/^3 rounds in [\d.]+ s: 60 jobs, \d+ kills of the host$/m);
  const [, ...shares] =
    /^60 creates \((\d+) on Container Apps, (\d+) on the cluster, (\d+) on container instances\), 60 program starts, /m.exec(
      output,
    ) ?? [];
  // A third of the jobs goes to each first; one that was given up goes on to the next.
  expect(shares).toHaveLength(3);
  for (const share of shares) expect(Number(share)).toBeGreaterThan(8);
  const [, completed, underWay] =
    /^(\d+) logs completed afterwards, (\d+) of them under way at a kill$/m.exec(output) ?? [];
  expect(Number(completed)).toBeGreaterThan(8);
  expect(Number(underWay)).toBeGreaterThan(0);
  expect(output).toMatch(/^0 violations$/m);
}, 400_000);

test('an option that makes no sense is refused before anything starts', async () => {
  const { code, output } = await runCrashTest('--rounds', 'many');
  expect(code).toBe(1);
  expect(output).toContain('--rounds is "many"');
});
