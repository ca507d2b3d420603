// Each patch still breaks the source that it was made for, and says who must notice.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { brokenCopy, mutantOf, readMutants } from '../../../proofs/mutants/mutant';

const ROOT = join(__dirname, '../../..');
const DIFF = '--- a/x.ts\n+++ b/x.ts\n';

test.each(readMutants())('the patch $name fits the source', (mutant) => {
  const { judge } = mutant;
  if (judge.kind === 'test') expect(existsSync(join(ROOT, judge.file))).toBe(true);
  const copy = brokenCopy(mutant);
  try {
    expect(mutant.files.length).toBeGreaterThan(0);
    for (const file of mutant.files)
      expect(readFileSync(join(copy, file), 'utf8')).not.toBe(readFileSync(join(ROOT, file), 'utf8'));
  } finally {
    rmSync(copy, { recursive: true });
  }
});

test('a mutant is judged by the invariants of its first line, from seed 1 on', () => {
  expect(mutantOf('a', 'a.patch', `# a guard [W_A] | S3 R1\n${DIFF}`)).toEqual({
    name: 'a',
    patch: 'a.patch',
    guard: 'a guard [W_A]',
    judge: { kind: 'seeds', falls: ['S3', 'R1'], from: 1, by: 1, beside: undefined },
    files: ['x.ts'],
  });
});

test.each([
  ['with clusters from 70', { from: 70, by: 1, beside: 'kubernetes' }],
  ['with Container Apps from 5', { from: 5, by: 1, beside: 'container-apps' }],
  ['from 6 by 10', { from: 6, by: 10, beside: undefined }],
])('a mutant may name its seeds: %s', (seeds, named) => {
  const { judge } = mutantOf('a', 'a.patch', `# a guard | S3\n# seeds ${seeds}\n${DIFF}`);
  expect(judge).toEqual({ kind: 'seeds', falls: ['S3'], ...named });
});

test('a mutant may be judged by a file of tests', () => {
  const { judge } = mutantOf('a', 'a.patch', `# a guard | test/domain/a.test.ts\n${DIFF}`);
  expect(judge).toEqual({ kind: 'test', file: 'test/domain/a.test.ts' });
});

test.each(['# a guard\n', '# a guard | nothing\n', '# a guard | S3\n# seeds of clusters\n'])(
  'a patch that begins with %j is refused',
  (head) => {
    expect(() => mutantOf('a', 'a.patch', `${head}${DIFF}`)).toThrow('must begin with');
  },
);
