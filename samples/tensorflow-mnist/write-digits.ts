// `write-digits.js FOLDER`: puts the digits that the stand-in brings into a folder, in the four files of MNIST.
import { mkdirSync } from 'node:fs';

import { writeDigitFiles } from './digit-files';
import { loadDigits } from './digits';

const TEST_DIGITS = 1_000;

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Name the folder that the digits go into.');
  process.exitCode = 2;
} else {
  mkdirSync(folder, { recursive: true });
  const digits = loadDigits(TEST_DIGITS);
  writeDigitFiles(folder, digits);
  console.log(`${folder}: ${digits.training.count} digits to train on, ${digits.test.count} to test on`);
}
