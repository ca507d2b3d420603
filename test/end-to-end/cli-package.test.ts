// The CLI's own package against a whole stack: a job by its command line, and one by a program that uses its client.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { unpackCli, type UnpackedCli } from '../packaging/cli/support/unpacked-cli';
import { nodeProgram } from './support/example-specs';
import { bootTestStack, type TestStack } from './support/test-stack';

let local: TestStack;
let cli: UnpackedCli;
beforeAll(async () => {
  cli = await unpackCli();
  local = await bootTestStack({ GPU_JOBS_EMULATOR_PROVISION_MS: '100', GPU_JOBS_EMULATOR_PULL_MS: '100' });
}, 90_000);
afterAll(async () => {
  await local.stop();
  await cli.remove();
});

test('a job is submitted and followed to its exit code', async () => {
  const spec = nodeProgram("console.log('from the package'); process.exit(7)");
  await writeFile(join(cli.folder, 'job.json'), JSON.stringify(spec));
  const { exitCode, out } = await cli.gpujobs(['submit', 'job.json', '--follow'], {
    GPUJOBS_URL: local.stack.functionsUrl,
  });
  expect(out).toContain('from the package\n');
  expect(exitCode).toBe(7);
});

test('doctor asks the API', async () => {
  const { out } = await cli.gpujobs(['doctor'], { GPUJOBS_URL: local.stack.functionsUrl });
  expect(out).toMatch(/^ok +key: accepted/m);
  expect(out).toMatch(/^skipped +settings: /m);
});

test('a program submits by the client and waits for the end', async () => {
  const { out, err } = await cli.program(
    `const { createGpuJobsClient } = require('gpu-job-runner-cli/client');
     (async () => {
       const client = createGpuJobsClient({ url: ${JSON.stringify(local.stack.functionsUrl)} });
       const { id } = await client.jobs.submit(${JSON.stringify(nodeProgram('process.exit(0)'))});
       console.log((await client.untilOver(id)).state);
     })();`,
  );
  expect({ out, err }).toEqual({ out: 'Succeeded\n', err: '' });
});
