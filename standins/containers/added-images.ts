// Images that a user adds to those that have stand-ins, with what this machine runs in their place.
import { z } from 'zod';

/**
 * By image or by repository: the program on this machine that replaces its entrypoint, and arguments before the job's
 * own.
 */
export type AddedImages = Readonly<Record<string, readonly string[]>>;

export const ADDED_IMAGES = 'GPU_JOBS_LOCAL_IMAGES';

const schema = z.record(z.string().min(1), z.array(z.string()).min(1));

/** @throws an Error that says what the setting must be. */
export function readAddedImages(text: string | undefined): AddedImages {
  if (text === undefined || text === '') return {};
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(
      `${ADDED_IMAGES} is ${text}: it must be a JSON object of commands by image or repository, as {"example.azurecr.io/train": ["python3", "/home/me/train.py"]}.`,
      { cause: error },
    );
  }
}
