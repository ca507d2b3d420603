// The network: one hidden layer, on TensorFlow.js with its WebAssembly backend.
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, type LayersModel, sequential } from '@tensorflow/tfjs-layers';

import { type Digits, PIXELS } from './digits';

const HIDDEN_UNITS = 64;

/** To be awaited before anything else here. */
export async function startTensorFlow(): Promise<void> {
  setThreadsCount(1); // Others use this machine too, and so small a network gains nothing from more.
  if (!(await tf.setBackend('wasm')))
    throw new Error('The WebAssembly backend of TensorFlow.js did not start.');
}

/** A network that has learned nothing. The same seed gives the same weights. */
export function newModel(seed: number): LayersModel {
  const kernel = (offset: number): ReturnType<typeof initializers.glorotUniform> =>
    initializers.glorotUniform({ seed: seed + offset });
  return sequential({
    layers: [
      layers.dense({
        units: HIDDEN_UNITS,
        activation: 'relu',
        inputShape: [PIXELS],
        kernelInitializer: kernel(0),
      }),
      layers.dense({ units: 10, activation: 'softmax', kernelInitializer: kernel(1) }),
    ],
  });
}

/** Makes the model ready to be trained. */
export function compile(model: LayersModel, learningRate: number): void {
  model.compile({ optimizer: tf.train.adam(learningRate), loss: 'categoricalCrossentropy' });
}

/** The share of these digits that the model recognises. */
export function accuracyOn({ count, images, labels }: Digits): (model: LayersModel) => number {
  const input = tf.tensor2d(images, [count, PIXELS]);
  const wanted = tf.tensor1d(labels, 'int32');
  return (model) => {
    const [share] = tf.tidy(() => {
      const scores = model.predict(input);
      if (Array.isArray(scores)) throw new Error('The model has one output.');
      const right = tf.equal(tf.cast(tf.argMax(scores, 1), 'int32'), wanted);
      return tf.mean(tf.cast(right, 'float32')).dataSync();
    });
    return share ?? NaN;
  };
}
