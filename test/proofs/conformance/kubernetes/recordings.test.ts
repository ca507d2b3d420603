// The recordings of a real Kubernetes API, played on the stand-in as `npm run conformance -- kubernetes` does.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { readKnownDifferences } from '../../../../proofs/conformance/known-differences';
import { runRecordings } from '../../../../proofs/conformance/kubernetes/run';
import { createStandInCluster, tokenOf } from '../../../../proofs/conformance/kubernetes/stand-in-cluster';

const ROOT = resolve(__dirname, '../../../..');
const RECORDINGS = join(ROOT, 'test/fixtures/kubernetes');

async function play(folder: string, only?: string): Promise<{ alike: boolean; lines: string[] }> {
  const lines: string[] = [];
  const alike = await runRecordings({
    folder,
    known: await readKnownDifferences(join(ROOT, 'proofs/conformance/kubernetes')),
    createCluster: createStandInCluster,
    tokenOf,
    print: (line) => void lines.push(line),
    ...(only !== undefined && { only }),
  });
  return { alike, lines };
}

test('gives the recorded answers, but for those that are listed', async () => {
  const { alike, lines } = await play(RECORDINGS);
  expect(lines.filter((line) => line.startsWith('DIFFERS') || line.startsWith('LISTED'))).toEqual([]);
  expect(alike).toBe(true);
}, 120_000);

test('names the recording, and the place in it, where another folder has another answer', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'recordings-'));
  try {
    for (const name of ['B01-401-no-token.json', 'B02-401-bad-token.json'])
      await cp(join(RECORDINGS, name), join(folder, name));
    const file = join(folder, 'B01-401-no-token.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"status": 401', '"status": 403'));
    const { alike, lines } = await play(folder, 'B');
    expect(lines.slice(0, 2)).toEqual([
      'DIFFERS B01-401-no-token (no credentials, --anonymous-auth=false: 401 (with --anonymous-auth=true see M10))',
      '  status: recorded 403, here 401',
    ]);
    expect(lines.at(-1)).toBe('1 passed, 1 failed');
    expect(alike).toBe(false);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
