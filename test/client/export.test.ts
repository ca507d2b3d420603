// The client as another program gets it: by the package's name, from the build.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(__dirname, '../..');

test('the package exports the client, with its types', async () => {
  const program =
    "const { createGpuJobsClient } = require('gpu-job-runner/client'); console.log(createGpuJobsClient({ url: 'http://localhost:7071/' }).url)";
  const { stdout } = await promisify(execFile)(process.execPath, ['--eval', program], { cwd: ROOT });
  expect(stdout).toBe('http://localhost:7071\n');
  expect(existsSync(join(ROOT, 'dist/client/gpu-jobs-client.d.ts'))).toBe(true);
});
