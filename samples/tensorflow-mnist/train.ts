// Trains a small network on handwritten digits with TensorFlow.js on its WebAssembly backend.
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { layers, type Sequential, sequential } from '@tensorflow/tfjs-layers';

import { type Digits, PIXELS } from './digits';

const BATCH = 100;
const HIDDEN_UNITS = 64;
const LEARNING_RATE = 0.001;

export interface TrainingListener {
  /** Share of the test digits recognised before this step. */
  onAccuracy(step: number, accuracy: number): void;
  onHundredth(step: number): void;
}

/** Runs `steps` steps of 100 digits each; tells the accuracy every 10 steps. */
export async function train(
  { training, test }: { readonly training: Digits; readonly test: Digits },
  steps: number,
  listener: TrainingListener,
): Promise<void> {
  setThreadsCount(1); // Others use this machine too, and so small a network gains nothing from more.
  if (!(await tf.setBackend('wasm')))
    throw new Error('The WebAssembly backend of TensorFlow.js did not start.');
  const model = build();
  const testImages = tf.tensor2d(test.images, [test.count, PIXELS]);
  const testLabels = tf.tensor1d(test.labels, 'int32');
  for (let step = 0; step < steps; step += 1) {
    if (step % 10 === 0) listener.onAccuracy(step, accuracy(model, testImages, testLabels));
    await learn(model, training, step);
    if (step % 100 === 99) listener.onHundredth(step);
  }
}

function build(): Sequential {
  const model = sequential({
    layers: [
      layers.dense({ units: HIDDEN_UNITS, activation: 'relu', inputShape: [PIXELS] }),
      layers.dense({ units: 10, activation: 'softmax' }),
    ],
  });
  model.compile({ optimizer: tf.train.adam(LEARNING_RATE), loss: 'categoricalCrossentropy' });
  return model;
}

async function learn(model: Sequential, { count, images, labels }: Digits, step: number): Promise<void> {
  const from = (step * BATCH) % (count - BATCH + 1);
  const [batchImages, batchLabels] = tf.tidy(() => [
    tf.tensor2d(images.subarray(from * PIXELS, (from + BATCH) * PIXELS), [BATCH, PIXELS]),
    tf.oneHot(tf.tensor1d(labels.subarray(from, from + BATCH), 'int32'), 10),
  ]);
  await model.trainOnBatch(batchImages, batchLabels);
  tf.dispose([batchImages, batchLabels]);
}

function accuracy(model: Sequential, images: tf.Tensor2D, labels: tf.Tensor1D): number {
  const [share] = tf
    .tidy(() => {
      const scores = model.predict(images);
      if (Array.isArray(scores)) throw new Error('The model has one output.');
      return tf.mean(tf.cast(tf.equal(tf.cast(tf.argMax(scores, 1), 'int32'), labels), 'float32'));
    })
    .dataSync();
  return share ?? NaN;
}
