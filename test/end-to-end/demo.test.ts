// `npm run demo` as a user sees it: a process, its output, its exit code.
import { execFile } from 'node:child_process';

import { compiled } from '../../standins/stack/repository-root';

function runDemo(): Promise<{ code: number | string | null; output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [compiled('standins/stack/demo')], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : (error.code ?? null), output: stdout + stderr });
    });
  });
}

test('the demo takes four jobs from submission to cleanup and says so', async () => {
  const { code, output } = await runDemo();
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(output).toMatch(/tensorflow-mnist +│ Accuracy at step \d+: 0\.9/);
  expect(output).toMatch(/cuda-vector-add +│ Test PASSED/);
  expect(output).toMatch(/nightly-vector-add +│ Test PASSED/);
  expect(output).toMatch(/mnist-on-kubernetes +│ Adding run metadata for 499/);
  expect(output).toMatch(/mnist-on-kubernetes +Job gone/);
  expect(output).toMatch(/submitted by +queue +HTTP +schedule +HTTP/);
  expect(output).toMatch(/state +Succeeded +Succeeded +Succeeded +Succeeded/);
  expect(output).toMatch(/exit code +0 +0 +0 +0/);
  expect(output).toMatch(/placement .* local-kubernetes/);
  expect(output).toContain('3 creates sent, 3 programs started, 3 groups made, no container group left');
  expect(output).toContain('On the cluster: Jobs 1, pods 1, programs started 1, no Job, pod or Secret left');
}, 200_000);
