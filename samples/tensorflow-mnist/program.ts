// Stands in for the TensorFlow MNIST demo image on a machine without its GPU: it trains for real, on the CPU.
import { readArguments } from './arguments';
import { restoreCheckpoint, saveCheckpoint } from './checkpoints';
import { readDigitFiles } from './digit-files';
import { loadDigits } from './digits';
import { compile, newModel, startTensorFlow } from './model';
import { filesOf } from './model-files';
import { keepOutputs } from './outputs';
import { train } from './train';

/** Enough digits for an accuracy to three places that means something, few enough to stay quick. */
const TEST_DIGITS = 500;

async function main(): Promise<void> {
  const { maxSteps: steps, dataDir, learningRate, saveEvery, seed } = readArguments(process.argv.slice(2));
  console.log('(stand-in for the TensorFlow demo: here TensorFlow.js trains on the CPU)');
  await startTensorFlow();
  const digits = dataDir === undefined ? loadDigits(TEST_DIGITS) : readDigitFiles(dataDir);
  const { GPU_JOBS_RESTORE_DIR: restoreFrom, GPU_JOBS_CHECKPOINT_DIR: checkpoints } = process.env;
  const restored = restoreFrom === undefined ? undefined : await restoreCheckpoint(restoreFrom);
  const { model, step: from } = restored ?? { model: newModel(seed), step: 0 };
  if (restored === undefined) {
    console.log(`Seed ${seed}`);
    compile(model, learningRate);
  } else console.log(`Going on from step ${from}`);
  await train(
    { model, digits, from, steps, saveEvery },
    {
      onAccuracy: (step, accuracy) => console.log(`Accuracy at step ${step}: ${accuracy.toFixed(3)}`),
      onHundredth: (step) => console.log(`Adding run metadata for ${step}`),
      onSave: async (step) => {
        if (checkpoints === undefined) return;
        await saveCheckpoint(checkpoints, model, step);
        console.log(`Checkpoint at step ${step}`);
      },
    },
  );
  if (await keepOutputs('model', await filesOf(model, false), process.env)) console.log('Model saved');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
});
