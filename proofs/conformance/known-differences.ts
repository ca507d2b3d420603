// The cases in which a stand-in is known to differ from the real service, and why.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

const entry = z.object({
  /** The name of a case, `GROUP: STATE` of a request to Durable's management API, or the id of an exchange. */
  case: z.string(),
  reason: z.string().min(10),
  /** The only places that may differ, and must; without them every place may. */
  places: z.array(z.string()).optional(),
});
export type KnownDifference = z.infer<typeof entry>;

/** Reads the list of a folder. standins/README.md describes it. */
export async function readKnownDifferences(folder: string): Promise<KnownDifference[]> {
  const file = join(folder, 'known-differences.json');
  return z.array(entry).parse(JSON.parse(await readFile(file, 'utf8')));
}
