import { chmodSync, createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { coreToolsPlan, findCoreTools } from '../../../../standins/stack/host/core-tools';
import { startProcess } from '../../../../standins/stack/stack-process';

let folder: string;
let func: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'core-tools-'));
  func = join(folder, 'func');
  // A replacement for the real program. It prints what it was given, then what the real one prints once it serves.
  writeFileSync(
    func,
    '#!/bin/sh\necho "given $*"\necho "For detailed output, run func with --verbose flag."\nsleep 1000 & wait\n',
  );
  chmodSync(func, 0o755);
});

afterEach(() => rmSync(folder, { recursive: true }));

test('Core Tools are taken from the first folder of PATH that has them as a program', () => {
  expect(findCoreTools(`/nowhere:${folder}`)).toBe(func);
});

test('they are given our port and end, with all that they started, when they are stopped', async () => {
  const ports = { functions: 7171, aci: 1, blob: 2, queue: 3, table: 4 };
  const log = createWriteStream('/dev/null');
  const running = startProcess(coreToolsPlan(func, process.env, ports), '/', log);
  await running.ready;
  await running.stop(); // Resolves only when no process holds the output any more, the sleeping child included.
  log.end();
  expect(running.lastLines()[0]).toBe('given start --port 7171');
});

test.each([undefined, '', '/nowhere'])('with the PATH %s it is said how to get them', (path) => {
  expect(() => findCoreTools(path)).toThrow('"func") were not found on PATH. Install them');
});
