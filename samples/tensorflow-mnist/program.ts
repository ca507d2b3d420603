// Stands in for the TensorFlow MNIST demo image on a machine without its GPU: it trains for real, on the CPU.
import { readMaxSteps } from './arguments';
import { loadDigits } from './digits';
import { train } from './train';

/** Enough digits for an accuracy to three places that means something, few enough to stay quick. */
const TEST_DIGITS = 500;

async function main(): Promise<void> {
  const steps = readMaxSteps(process.argv.slice(2));
  console.log('(stand-in for the TensorFlow demo: here TensorFlow.js trains on the CPU)');
  await train(loadDigits(TEST_DIGITS), steps, {
    onAccuracy: (step, accuracy) => console.log(`Accuracy at step ${step}: ${accuracy.toFixed(3)}`),
    onHundredth: (step) => console.log(`Adding run metadata for ${step}`),
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
});
