// The exchanges with Azure Container Apps, played on the stand-in as `npm run conformance -- container-apps` does.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { holdsContainerApps } from '../../../../proofs/conformance/container-apps/recording';
import { runContainerApps } from '../../../../proofs/conformance/container-apps/run';
import { type KnownDifference, readKnownDifferences } from '../../../../proofs/conformance/known-differences';

const ROOT = resolve(__dirname, '../../../..');
const RECORDINGS = join(ROOT, 'test/fixtures/container-apps');

async function play(
  folder: string,
  changed: (known: KnownDifference[]) => KnownDifference[] = (known) => known,
): Promise<{ alike: boolean; lines: string[] }> {
  const lines: string[] = [];
  const known = await readKnownDifferences(join(ROOT, 'proofs/conformance/container-apps'));
  const print = (line: string): void => void lines.push(line);
  return { alike: await runContainerApps({ folder, known: changed(known), print }), lines };
}

function wrong(lines: readonly string[]): string[] {
  return lines.filter((line) => /^(DIFFERS|LISTED|scene)/.test(line));
}

test('gives the recorded answers, but for those that are listed', async () => {
  const { alike, lines } = await play(RECORDINGS);
  expect(wrong(lines)).toEqual([]);
  expect(lines.at(-1)).toBe('85 passed, 0 failed');
  expect(alike).toBe(true);
});

test('falls for one difference more, and names its place', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'recordings-'));
  try {
    await cp(RECORDINGS, folder, { recursive: true });
    const file = join(folder, 'start-200.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"status": 200', '"status": 202'));
    const { alike, lines } = await play(folder);
    const at = lines.findIndex((line) => line.startsWith('DIFFERS start-200 '));
    expect(lines[at + 1]).toBe('  status: recorded 202, here 200');
    expect(wrong(lines)).toHaveLength(1);
    expect(alike).toBe(false);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('falls for a listed difference that is alike again', async () => {
  const entry = { case: 'start-200', reason: 'It was different once.' };
  const { alike, lines } = await play(RECORDINGS, (known) => [...known, entry]);
  expect(wrong(lines)).toEqual([
    'LISTED AS DIFFERENT, BUT PASSES start-200: take it out of known-differences.json.',
  ]);
  expect(alike).toBe(false);
});

test('falls for a listed difference that no recording has', async () => {
  const entry = { case: 'no-such-recording', reason: 'It was there once.' };
  const { alike, lines } = await play(RECORDINGS, (known) => [...known, entry]);
  expect(wrong(lines)).toEqual(['LISTED AS DIFFERENT, BUT DOES NOT EXIST no-such-recording']);
  expect(alike).toBe(false);
});

test('falls for a recording that no scene plays', async () => {
  const { alike, lines } = await play(RECORDINGS, (known) =>
    known.filter((entry) => entry.case !== 'error-404-storage'),
  );
  expect(wrong(lines)).toEqual(['DIFFERS error-404-storage (404 of a storage of an environment.)']);
  expect(alike).toBe(false);
});

test('tells its recordings from those of a Kubernetes API', async () => {
  expect(await holdsContainerApps(RECORDINGS)).toBe(true);
  expect(await holdsContainerApps(join(ROOT, 'test/fixtures/kubernetes'))).toBe(false);
});
