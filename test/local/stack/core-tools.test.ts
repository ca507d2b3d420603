import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { findCoreTools } from '../../../local/stack/core-tools';

test('Core Tools are taken from the first folder of PATH that has them as a program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'core-tools-'));
  try {
    writeFileSync(join(folder, 'func'), '');
    chmodSync(join(folder, 'func'), 0o755);
    expect(findCoreTools(`/nowhere:${folder}`)).toBe(join(folder, 'func'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each([undefined, '', '/nowhere'])('with the PATH %s it is said how to get them', (path) => {
  expect(() => findCoreTools(path)).toThrow('"func") were not found on PATH. Install them');
});
