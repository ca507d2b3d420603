// Each patch of this folder still breaks the source it was made for.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { brokenCopy, readMutants } from '../../../proofs/mutants/mutant';

test.each(readMutants())('the patch $name fits the source', (mutant) => {
  const copy = brokenCopy(mutant);
  try {
    expect(mutant.files.length).toBeGreaterThan(0);
    for (const file of mutant.files)
      expect(readFileSync(join(copy, file), 'utf8')).not.toBe(
        readFileSync(join(__dirname, '../../..', file), 'utf8'),
      );
  } finally {
    rmSync(copy, { recursive: true });
  }
});
