// Trains the network on handwritten digits, from its beginning or from where a checkpoint left it.
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

import { type Digits, PIXELS, type SplitDigits } from './digits';
import { accuracyOn } from './model';

const BATCH = 100;

export interface Training {
  /** Compiled. */
  readonly model: LayersModel;
  readonly digits: SplitDigits;
  /** The first step that is run: how many were run before. */
  readonly from: number;
  readonly steps: number;
  readonly saveEvery: number;
}

export interface TrainingListener {
  /** Share of the test digits recognised before this step. */
  onAccuracy(step: number, accuracy: number): void;
  onHundredth(step: number): void;
  /** After so many steps a checkpoint is due. The training waits for it. */
  onSave(step: number): Promise<void>;
}

/** Runs the steps up to `steps`, of 100 digits each; tells the accuracy every 10 steps. */
export async function train(
  { model, digits, from, steps, saveEvery }: Training,
  listener: TrainingListener,
): Promise<void> {
  const accuracy = accuracyOn(digits.test);
  for (let step = from; step < steps; step += 1) {
    if (step % 10 === 0) listener.onAccuracy(step, accuracy(model));
    await learn(model, digits.training, step);
    if (step % 100 === 99) listener.onHundredth(step);
    if ((step + 1) % saveEvery === 0 && step + 1 < steps) await listener.onSave(step + 1);
  }
}

/** The step alone says which digits are next, so a training that goes on meets those that it has not had. */
async function learn(model: LayersModel, { count, images, labels }: Digits, step: number): Promise<void> {
  const from = (step * BATCH) % (count - BATCH + 1);
  const [batchImages, batchLabels] = tf.tidy(() => [
    tf.tensor2d(images.subarray(from * PIXELS, (from + BATCH) * PIXELS), [BATCH, PIXELS]),
    tf.oneHot(tf.tensor1d(labels.subarray(from, from + BATCH), 'int32'), 10),
  ]);
  await model.trainOnBatch(batchImages, batchLabels);
  tf.dispose([batchImages, batchLabels]);
}
