// The last lines of a log: the same lines that `tail -n` prints.
import fc from 'fast-check';

import { tailOffset } from '../../../jobs/logs/tail-offset';
import { createLogArchive } from '../../../storage/logs/blob-log-archive';
import { MemoryLogBlobs } from '../../support/memory-log-blobs';

const REF = { jobId: 'j', attempt: 1, container: 'program' };

async function tailOf(text: string | Buffer, lines: number): Promise<{ from: number; rest: Buffer }> {
  const bytes = Buffer.from(text);
  const archive = createLogArchive(new MemoryLogBlobs(), { blocks: 3, bytes: 100_000 });
  let end = await archive.end(REF, 'fresh');
  for (let from = 0; from < bytes.length; from += 50_000) {
    const after = await end.append({ bytes: bytes.subarray(from, from + 50_000) });
    if (after === 'changed') throw new Error('Nobody else writes.');
    end = after;
  }
  const from = await tailOffset(archive, REF, lines);
  return { from, rest: bytes.subarray(from) };
}

test('begins where so many lines are left, the last one with or without its line break', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('', 'a', 'äö', 'step 1\rstep 2'), { maxLength: 8 }),
      fc.boolean(),
      fc.nat(10),
      async (lines, ends, wanted) => {
        const text = lines.join('\n') + (ends && lines.length > 0 ? '\n' : '');
        const all = text === '' ? [] : text.replace(/\n$/, '').split('\n');
        const last = wanted === 0 ? [] : all.slice(-wanted);
        const expected = last.length === 0 ? '' : last.join('\n') + (text.endsWith('\n') ? '\n' : '');
        expect((await tailOf(text, wanted)).rest.toString()).toBe(expected);
      },
    ),
    { numRuns: 200 },
  );
});

test('looks further back as long as lines are missing, through several files of the log', async () => {
  const line = `${'x'.repeat(999)}\n`;
  expect((await tailOf(line.repeat(300), 200)).from).toBe(100_000);
});

test('looks through the last 4 MiB at most', async () => {
  const bytes = Buffer.alloc(5 * 1024 * 1024, 'x');
  expect((await tailOf(bytes, 1)).from).toBe(1024 * 1024);
});

test('of a log that is not there is its start', async () => {
  expect(await tailOffset(createLogArchive(new MemoryLogBlobs()), REF, 3)).toBe(0);
});
