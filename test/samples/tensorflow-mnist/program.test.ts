// The sample's program by itself: it keeps its model, saves checkpoints, and goes on from one as if it had not stopped.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const program = join(__dirname, '../../../dist/samples/tensorflow-mnist/program.js');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'training-'));
  for (const name of ['outputs', 'checkpoints', 'later']) mkdirSync(join(folder, name));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function train(words: string, environment: Readonly<Record<string, string>>): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...words.split(' ')], {
    env: { PATH: process.env['PATH'], ...environment },
  });
  return stdout;
}

function weightsIn(outputs: string): Float32Array {
  const bytes = readFileSync(join(folder, outputs, 'model/weights.bin'));
  return new Float32Array(Uint8Array.from(bytes).buffer);
}

/** The largest difference between two weights of one place. */
function furthest(these: Float32Array, those: Float32Array): number {
  return these.reduce((most, weight, at) => Math.max(most, Math.abs(weight - (those[at] ?? NaN))), 0);
}

test('a training that goes on from a checkpoint ends with the model of one that did not stop', async () => {
  const words = '--max_steps 60 --save_every 20 --seed 7';
  const whole = await train(words, {
    GPU_JOBS_OUTPUT_DIR: join(folder, 'outputs'),
    GPU_JOBS_CHECKPOINT_DIR: join(folder, 'checkpoints'),
  });
  expect(whole).toContain('\nSeed 7\nAccuracy at step 0: ');
  expect(readdirSync(join(folder, 'checkpoints')).toSorted()).toEqual(['step-20', 'step-40']);

  const rest = await train(words, {
    GPU_JOBS_OUTPUT_DIR: join(folder, 'later'),
    GPU_JOBS_RESTORE_DIR: join(folder, 'checkpoints/step-40'),
  });
  expect(rest).toContain('\nGoing on from step 40\nAccuracy at step 40: ');
  expect(rest).not.toContain('Seed');
  expect(whole.endsWith(rest.slice(rest.indexOf('Accuracy at step 40: ')))).toBe(true);
  // But for the rounding of the optimizer's decay, which the library computes anew.
  expect(furthest(weightsIn('later'), weightsIn('outputs'))).toBeLessThan(1e-5);
});

test('a program that its platform runs again writes its checkpoint anew, and the marker last', async () => {
  const saved = join(folder, 'checkpoints/step-20');
  cpSync(__dirname, saved, { recursive: true });
  await train('--max_steps 21 --save_every=20', { GPU_JOBS_CHECKPOINT_DIR: join(folder, 'checkpoints') });
  expect(readdirSync(saved).toSorted()).toEqual(['.complete', 'model.json', 'state.json', 'weights.bin']);
  const marker = statSync(join(saved, '.complete'));
  for (const name of ['model.json', 'state.json', 'weights.bin'])
    expect(statSync(join(saved, name)).mtimeMs).toBeLessThanOrEqual(marker.mtimeMs);
});

test('seeds differ where none is given, and so do the models', async () => {
  const environment = { GPU_JOBS_OUTPUT_DIR: join(folder, 'outputs') };
  const [, first] = /^Seed (\d+)$/m.exec(await train('--max_steps 1', environment)) ?? [];
  const weights = weightsIn('outputs');
  const [, second] = /^Seed (\d+)$/m.exec(await train('--max_steps 1', environment)) ?? [];
  expect(first).toBeDefined();
  expect(second).not.toBe(first);
  expect(furthest(weightsIn('outputs'), weights)).toBeGreaterThan(0.01);
});

describe('where outputs are uploaded', () => {
  const uploads = new Map<string, number>();
  let status = 201;
  const server = createServer((request, response) => {
    let bytes = 0;
    request.on('data', (part: Buffer) => (bytes += part.length));
    request.on('end', () => {
      uploads.set(`${request.method} ${request.url}`, bytes);
      response.writeHead(status).end();
    });
  });
  let address: string;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    address = `http://127.0.0.1:${port}/job-outputs-j1/1?sig=se%2Bcret`;
  });
  afterAll(() => server.close());

  test('the model goes there, with the signature behind each name', async () => {
    const printed = await train('--max_steps 1', { GPU_JOBS_OUTPUT_URL: address });
    expect([...uploads.keys()].toSorted()).toEqual([
      'PUT /job-outputs-j1/1/model/model.json?sig=se%2Bcret',
      'PUT /job-outputs-j1/1/model/weights.bin?sig=se%2Bcret',
    ]);
    expect(Math.min(...uploads.values())).toBeGreaterThan(500);
    expect(printed).not.toContain('se%2Bcret');
  });

  test('an upload that is refused fails the program, which does not tell the address', async () => {
    status = 403;
    const failed = train('--max_steps 1', { GPU_JOBS_OUTPUT_URL: address });
    await expect(failed).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^The upload of model\/\S+ was answered 403\.\n$/) as unknown,
    });
  });
});
