// `evaluate.js MODEL_FOLDER DIGITS_FOLDER`: loads a trained model and prints the share of the test digits that it
// recognises.
import { readDigitFiles } from './digit-files';
import { accuracyOn, startTensorFlow } from './model';
import { loadModel } from './model-files';

async function main(): Promise<void> {
  const [modelFolder, digitsFolder] = process.argv.slice(2);
  if (modelFolder === undefined || digitsFolder === undefined)
    throw new Error('Name the folder of a model and the folder of the digits.');
  await startTensorFlow();
  const model = await loadModel(modelFolder);
  console.log(accuracyOn(readDigitFiles(digitsFolder).test)(model).toFixed(3));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
});
