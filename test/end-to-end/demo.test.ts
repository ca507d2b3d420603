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
  expect(output).toMatch(/tensorflow-mnist +definition gone/);
  expect(output).toMatch(/submitted by +queue +HTTP +schedule +HTTP/);
  expect(output).toMatch(/state +Succeeded +Succeeded +Succeeded +Succeeded/);
  expect(output).toMatch(/exit code +0 +0 +0 +0/);
  expect(output).toMatch(/asked for +1 × V100 +2 × K80 +1 × K80 +1 × any/);
  expect(output).toMatch(/GPU +1 × A100 +2 × K80 +1 × T4 +1 × T4/);
  expect(output).toMatch(
    /placement +local-container-apps +local-eastus +local-container-apps +local-kubernetes/,
  );
  expect(output).toContain(
    'cuda-vector-add: local-container-apps was passed over: it offers no 2 × K80 (it offers T4 × 1, A100 × 1)',
  );
  expect(output).toContain('cuda-vector-add: local-kubernetes was passed over: it offers no 2 × K80');
  expect(output).toContain(
    'On Container Apps: definitions 2, starts 2, programs started 2, no definition left',
  );
  expect(output).toContain('On the cluster: Jobs 1, pods 1, programs started 1, no Job, pod or Secret left');
  expect(output).toContain(
    'On container instances: creates 1, groups 1, programs started 1, no container group left',
  );
}, 200_000);
