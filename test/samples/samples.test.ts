// The two sample programs compute for real, and say so if they can't.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { vectorAdd } from '../../samples/cuda-vector-add/vector-add';
import { readArguments } from '../../samples/tensorflow-mnist/arguments';
import { loadDigits } from '../../samples/tensorflow-mnist/digits';

const run = promisify(execFile);
const built = (path: string): string => join(__dirname, '../../dist/samples', path);

describe('the vector addition', () => {
  it('passes when all sums are right', () => {
    expect(vectorAdd()).toBeUndefined();
  });

  it('finds a wrong sum', () => {
    const wrong = vectorAdd(
      () => 0.5,
      (a, b, sum) => sum.fill(1).fill(2, 30_000),
    );
    expect(wrong).toBe(30_000);
  });

  it('prints the words of the CUDA sample', async () => {
    const { stdout } = await run(process.execPath, [built('cuda-vector-add/program.js')]);
    expect(stdout.split('\n').filter((line) => !line.startsWith('('))).toEqual([
      '[Vector addition of 50000 elements]',
      'Copy input data from the host memory to the CUDA device',
      'CUDA kernel launch with 196 blocks of 256 threads',
      'Copy output data from the CUDA device to the host memory',
      'Test PASSED',
      'Done',
      '',
    ]);
    expect(stdout).toMatch(/stand-in.*on the CPU/);
  });
});

describe('the arguments of the TensorFlow demo', () => {
  it('are 1,000 steps from a random seed unless told otherwise', () => {
    expect(readArguments([], () => 17)).toEqual({
      maxSteps: 1_000,
      dataDir: undefined,
      learningRate: 0.001,
      saveEvery: 100,
      seed: 17,
    });
    expect(readArguments(['--max_steps', '500', '--seed=0'])).toMatchObject({ maxSteps: 500, seed: 0 });
    expect(readArguments(['--max_steps=20', '--learning_rate', '1e-2', '--data_dir=/data'])).toMatchObject({
      ...{ maxSteps: 20, learningRate: 0.01, dataDir: '/data' },
    });
  });

  it('are refused when they make no sense', () => {
    for (const words of [
      ...[['--max_steps'], ['--max_steps', 'many'], ['--max_steps=0'], ['--save_every', '1.5']],
      ...[['--seed', '-1'], ['--learning_rate=0'], ['--learning_rate', 'Infinity'], ['--learning_rate=']],
      ...[['--steps', '5'], ['5'], ['--']],
    ]) {
      expect(() => readArguments(words)).toThrow(/argument/);
    }
  });
});

it('the digits are thousands of real ones, and no test digit is trained on', () => {
  const { training, test } = loadDigits(500);
  expect(test.count).toBe(500);
  expect(training.count).toBeGreaterThan(9_000);
  expect(new Set(test.labels).size).toBe(10);
  const key = (images: Float32Array, row: number): string =>
    images.subarray(row * 784, (row + 1) * 784).join();
  const tested = new Set(Array.from({ length: test.count }, (_, row) => key(test.images, row)));
  const both = Array.from({ length: training.count }, (_, row) => tested.has(key(training.images, row)));
  expect(both.filter(Boolean)).toEqual([]);
});

it('the TensorFlow demo learns', async () => {
  const { stdout } = await run(process.execPath, [
    built('tensorflow-mnist/program.js'),
    '--max_steps',
    '100',
  ]);
  const accuracies = [...stdout.matchAll(/^Accuracy at step (\d+): (0\.\d{3})$/gm)];
  expect(accuracies.map(([, step]) => Number(step))).toEqual(
    Array.from({ length: 10 }, (_, index) => index * 10),
  );
  expect(Number(accuracies[0]?.[2])).toBeLessThan(0.4);
  expect(Number(accuracies.at(-1)?.[2])).toBeGreaterThan(0.7);
  expect(stdout).toContain('Adding run metadata for 99\n');
  expect(stdout).toMatch(/stand-in.*on the CPU/);
});
