// The commands of the guides and samples exist: the program parses each `gpujobs …` of their text, and each file is
// there.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { createProgram } from '../../cli/program/program';

const ROOT = join(__dirname, '../..');
const TEXTS = [
  'docs/from-the-azure-guides.md',
  'docs/kubernetes-manifests.md',
  'samples/cuda-vector-add/README.md',
  'samples/tensorflow-mnist/README.md',
  'samples/nightly-training/README.md',
  'samples/training-data/README.md',
  'samples/training-lengths/README.md',
];

function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

const commands = TEXTS.flatMap((path) =>
  [...textOf(path).matchAll(/`gpujobs ([^`]+)`/g)].map(([, words = '']) => words),
);

/** Parses a command without running it; rejects for an unknown command or option. */
async function parsed(words: string): Promise<boolean> {
  let ran = false;
  const program = createProgram(() => {
    ran = true;
    return Promise.resolve();
  });
  const all = [program, ...program.commands, ...program.commands.flatMap((command) => command.commands)];
  for (const command of all) command.exitOverride().configureOutput({ writeErr: () => undefined });
  await program.parseAsync(words.split(' '), { from: 'user' });
  return ran;
}

test('the guide has an equivalent for each of its commands', () => {
  expect(commands.length).toBeGreaterThan(20);
});

test.each([...new Set(commands)])('gpujobs %s is a command', async (words) => {
  expect(await parsed(words)).toBe(true);
  for (const file of words.split(' ').filter((word) => word.startsWith('samples/')))
    expect(existsSync(join(ROOT, file))).toBe(true);
});

test.each(TEXTS)('every file that %s links to is there', (path) => {
  const links = [...textOf(path).matchAll(/\]\(([^)#]+)/g)].map(([, link = '']) => link);
  const missing = links.filter((link) => !existsSync(join(ROOT, path, '..', link)));
  expect(missing).toEqual([]);
});
