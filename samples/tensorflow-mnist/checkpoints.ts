// Checkpoints as docs/data.md wants them: a folder each, whole once its marker is there, read by a later attempt.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { LayersModel } from '@tensorflow/tfjs-layers';
import { z } from 'zod';

import { filesOf, loadModel } from './model-files';

/** How far the training was. */
const STATE = 'state.json';
const stateSchema = z.object({ step: z.number().int().min(0) });

/** The last thing that is written: without it the folder does not count. */
const MARKER = '.complete';

/** Saves the model after `step` steps into a folder of `within`. */
export async function saveCheckpoint(within: string, model: LayersModel, step: number): Promise<void> {
  const folder = join(within, `step-${step}`);
  // A program that its platform ran twice finds its own folder, marker included.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  const files = { ...(await filesOf(model, true)), [STATE]: Buffer.from(JSON.stringify({ step })) };
  for (const [name, bytes] of Object.entries(files)) await writeWhole(join(folder, name), bytes);
  await writeWhole(join(folder, MARKER), '');
}

/** The model of a checkpoint, ready to be trained on, and after how many steps it was saved. */
export async function restoreCheckpoint(
  folder: string,
): Promise<{ readonly model: LayersModel; readonly step: number }> {
  const { step } = stateSchema.parse(JSON.parse(await readFile(join(folder, STATE), 'utf8')));
  return { model: await loadModel(folder), step };
}

/** Flushed, so that no marker reaches the disk before the files that it vouches for. */
function writeWhole(path: string, bytes: Uint8Array | string): Promise<void> {
  return writeFile(path, bytes, { flush: true });
}
