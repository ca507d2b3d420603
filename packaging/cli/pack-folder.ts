// A folder as the tarball that `npm pack` makes of it.
import { join } from 'node:path';

import { z } from 'zod';

import { npm } from '../supply/npm';

const packed = z.tuple([z.object({ filename: z.string() })]);

/** Resolves to the tarball's path, in the folder `into`. Needs no network. */
export async function packFolder(folder: string, into: string): Promise<string> {
  const { stdout } = await npm(folder, ['pack', '--json', '--ignore-scripts', '--pack-destination', into]);
  const [{ filename }] = packed.parse(JSON.parse(stdout));
  return join(into, filename);
}
