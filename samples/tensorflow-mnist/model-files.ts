// A model as two files, in the form of TensorFlow.js: any program with that library loads them.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { io } from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { z } from 'zod';

/** Files by name. */
export type ModelFiles = Readonly<Record<string, Uint8Array>>;

const TOPOLOGY = 'model.json';
const WEIGHTS = 'weights.bin';

/** `withOptimizer`: what the training has to know to go on as if it had not stopped. */
export async function filesOf(model: LayersModel, withOptimizer: boolean): Promise<ModelFiles> {
  let files: ModelFiles | undefined;
  const keep = io.withSaveHandler(({ weightData, weightSpecs, ...artifacts }) => {
    if (weightData === undefined || weightSpecs === undefined) throw new Error('The model has no weights.');
    const manifest = [{ paths: [WEIGHTS], weights: weightSpecs }];
    files = {
      [TOPOLOGY]: Buffer.from(JSON.stringify({ ...artifacts, weightsManifest: manifest })),
      [WEIGHTS]: new Uint8Array(io.CompositeArrayBuffer.join(weightData)),
    };
    const saved = { dateSaved: new Date(), modelTopologyType: 'JSON' as const };
    return Promise.resolve({ modelArtifactsInfo: saved });
  });
  await model.save(keep, { includeOptimizer: withOptimizer });
  if (files === undefined) throw new Error('The model was not saved.');
  return files;
}

const topologySchema = z.looseObject({
  weightsManifest: z.array(z.looseObject({ weights: z.array(z.unknown()) })),
});

/** Loads what `filesOf` made, out of a folder. */
export async function loadModel(folder: string): Promise<LayersModel> {
  const topology: unknown = JSON.parse(await readFile(join(folder, TOPOLOGY), 'utf8'));
  const { weightsManifest, ...artifacts } = topologySchema.parse(topology);
  const bytes = await readFile(join(folder, WEIGHTS));
  return loadLayersModel(
    io.fromMemory({
      ...artifacts,
      weightSpecs: weightsManifest.flatMap(({ weights }) => weights) as io.WeightsManifestEntry[],
      weightData: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
    }),
  );
}
