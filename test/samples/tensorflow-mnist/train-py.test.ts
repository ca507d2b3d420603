// The sample's program for images with TensorFlow, as far as it needs none: arguments, digits, checkpoints, outputs.
// What it shares with the stand-in is held to the same.
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { writeDigitFiles } from '../../../samples/tensorflow-mnist/digit-files';

const ROOT = join(__dirname, '../../..');
const PROGRAM = join(ROOT, 'samples/tensorflow-mnist/train.py');
const CASES = join(ROOT, 'test/fixtures/training/train_test.py');

const hasPython =
  spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 11))']).status === 0;

const python = async (...words: readonly string[]): Promise<{ stdout: string; stderr: string }> =>
  promisify(execFile)('python3', words, { env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } });

(hasPython ? describe : describe.skip)('with Python 3.11 or later', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'digits-'));
    const digits = {
      count: 2,
      images: Float32Array.from({ length: 2 * 784 }, (_, at) => (at % 256) / 255),
      labels: Int32Array.from([7, 2]),
    };
    writeDigitFiles(folder, { training: digits, test: digits });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('its own cases hold', async () => {
    const { stderr } = await python(CASES, PROGRAM, folder);
    expect(stderr).toMatch(/^Ran 10 tests in /m);
    expect(stderr).toMatch(/^OK$/m);
  });

  test('what it uploads comes by PUT, and a refusal does not tell the address', async () => {
    const requests: string[] = [];
    const server = createServer((request, response) => {
      requests.push(`${request.method} ${request.url} ${String(request.headers['x-ms-blob-type'])}`);
      request.resume().on('end', () => response.writeHead(requests.length === 1 ? 201 : 403).end());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const upload = `
import sys; sys.path.insert(0, ${JSON.stringify(join(PROGRAM, '..'))}); import train
told = {"GPU_JOBS_OUTPUT_URL": "http://127.0.0.1:${port}/job-outputs-j1/1?sig=se%2Bcret"}
assert train.keep_output("model/m", b"weights", told)
train.keep_output("model/again", b"weights", told)`;
    await expect(python('-c', upload).finally(() => server.close())).rejects.toMatchObject({
      stderr: expect.stringMatching(
        /^RuntimeError: The upload of model\/again was answered 403\.$/m,
      ) as unknown,
    });
    expect(requests).toEqual([
      'PUT /job-outputs-j1/1/model/m?sig=se%2Bcret BlockBlob',
      'PUT /job-outputs-j1/1/model/again?sig=se%2Bcret BlockBlob',
    ]);
  });
});
