// A long log of a pod, read portion by portion over the stand-in's API.
import type { LogCursor } from '../../../../domain/logs/log-cursor';
import { created, refOn } from '../../../contract/backend-stage';
import { type KubernetesStage, setKubernetesStage } from '../kubernetes-stage';

const MIB = 1024 * 1024;

/** A program has printed this text ten times, over three seconds. */
async function printing(text: string): Promise<KubernetesStage> {
  const stage = setKubernetesStage({
    script: () => ({ prints: Array.from({ length: 10 }, (_, i) => ({ atMs: 1 + i * 300, text })) }),
    life: { logRotation: { bytes: 100 * MIB, everyMs: 10_000 } },
  });
  await created(stage, refOn(stage));
  await stage.advance(stage.untilRunning);
  return stage;
}

async function portionsOf(stage: KubernetesStage): Promise<Buffer[]> {
  const portions: Buffer[] = [];
  let from: LogCursor | undefined;
  for (let hasMore = true; hasMore;) {
    const read = await stage.backend.logs(refOn(stage), from);
    if (read.kind !== 'after') throw new Error(`the log is ${JSON.stringify(read)}`);
    expect(read.begins?.hole).toBeUndefined();
    portions.push(read.bytes);
    from = { at: Buffer.concat(portions).length, position: read.position };
    ({ hasMore } = read);
  }
  return portions;
}

test.each([
  ['of many lines', `${'the same line again '.repeat(5)}\n`.repeat(9_000)],
  ['of lines of one byte', '\n'.repeat(20_000)],
  ['of one line without an end', '\repoch 1 of 100'.repeat(60_000)],
])('a long log %s comes in portions of 4 MiB at most, each byte once', async (_, text) => {
  const portions = await portionsOf(await printing(text));
  const printed = Buffer.from(text.repeat(10));
  expect(portions.length).toBeGreaterThan(1);
  expect(Math.max(...portions.map(({ length }) => length))).toBeLessThanOrEqual(4 * MIB);
  // The runtime writes an open line in parts of 16 KiB; what is left of it comes with the next part.
  const written = printed.length - (text.endsWith('\n') ? 0 : printed.length % (16 * 1024));
  expect(Buffer.concat(portions).equals(printed.subarray(0, written))).toBe(true);
});
