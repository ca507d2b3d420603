// The cases in which our engine is known to differ from the real extension, with the reason for each.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

const entry = z.object({
  /** The name of a case, or `GROUP: STATE` of a request to the management API. */
  case: z.string(),
  reason: z.string().min(10),
});
export type KnownDifference = z.infer<typeof entry>;

/** Reads the list. standins/README.md describes it. */
export async function readKnownDifferences(root: string): Promise<KnownDifference[]> {
  const file = join(root, 'proofs/conformance/known-differences.json');
  return z.array(entry).parse(JSON.parse(await readFile(file, 'utf8')));
}
