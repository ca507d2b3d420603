import type { Gap } from '../../../domain/logs/log-index';
import type { LogArchive } from '../../../domain/ports/log-archive';
import { compareGenerations, type Comparison } from '../../../jobs/logs/compare-generations';
import { memoryLogArchive } from '../../support/memory-log-blobs';

const FIRST = { jobId: 'j1', attempt: 1, container: 'program' };
const FULL = { ...FIRST, generation: 2 };

interface Part {
  readonly text: string;
  readonly gap?: Gap['kind'];
}

async function archived(archive: LogArchive, ref: typeof FIRST, parts: readonly Part[]): Promise<void> {
  for (const { text, gap: kind } of parts) {
    const end = await archive.end(ref, 'fresh');
    const gap: Gap | undefined = kind && { at: end.length, kind, why: 'a test says so' };
    await end.append({ bytes: Buffer.from(text), ...(gap === undefined ? {} : { gap }) });
  }
}

/** Compares with so many looks at the clock a step. */
async function compared(
  first: readonly Part[],
  full: readonly Part[],
  looksAStep = Infinity,
): Promise<{ last: Comparison; steps: number }> {
  const archive = memoryLogArchive();
  await archived(archive, FIRST, first);
  await archived(archive, FULL, full);
  let from = { first: 0, full: 0 };
  for (let steps = 1; ; steps += 1) {
    let looks = 0;
    const mayGoOn = (): boolean => (looks += 1) < looksAStep;
    const last = await compareGenerations({ archive, first: FIRST, full: FULL, from, mayGoOn });
    if (last.kind !== 'more') return { last, steps };
    from = last.compared;
  }
}

async function kindOf(first: readonly Part[], full: readonly Part[]): Promise<Comparison['kind']> {
  return (await compared(first, full)).last.kind;
}

const lines = (count: number, from = 0): string =>
  Array.from({ length: count }, (_, n) => `line ${from + n}\n`).join('');

it('finds each line, whatever stands between them', async () => {
  expect(
    await kindOf([{ text: lines(3) }, { text: lines(3, 7), gap: 'missing' }], [{ text: lines(20) }]),
  ).toBe('all');
});

it('finds lines that one instant has in another order', async () => {
  expect(await kindOf([{ text: 'a\nb\nc\n' }], [{ text: 'c\na\nb\n' }])).toBe('all');
});

it('says which line is lacking, and where it stands', async () => {
  const { last } = await compared([{ text: 'a\nb\nc\n' }], [{ text: 'a\nc\n' }]);
  expect(last).toEqual({ kind: 'lacks', at: 2, line: 'b' });
});

it('asks for a repeated line as often as it was shown', async () => {
  expect(await kindOf([{ text: 'tick\ntick\n' }], [{ text: 'tick\nend\n' }])).toBe('lacks');
  expect(await kindOf([{ text: 'tick\ntick\n' }], [{ text: 'tick\nend\ntick\n' }])).toBe('all');
});

it('asks for it once where the rows do not tell how often it was printed', async () => {
  expect(
    await kindOf([{ text: 'tick\ntick\n' }], [{ text: 'tick\n', gap: 'not-provable' }, { text: 'end\n' }]),
  ).toBe('all');
});

it('is content with the pieces of a line that a gap cut', async () => {
  const full = [{ text: 'a whole line\nanother whole line\n' }];
  expect(await kindOf([{ text: 'a who' }, { text: 'whole line\n', gap: 'missing' }], full)).toBe('all');
  expect(await kindOf([{ text: 'a who' }, { text: 'other words\n', gap: 'missing' }], full)).toBe('lacks');
});

it('finds a last line without an end, and characters of several bytes', async () => {
  expect(await kindOf([{ text: 'Grüße\n日本\n✓ half' }], [{ text: 'Grüße\n日本\n✓ half\n' }])).toBe('all');
});

it('goes on where the time was up, and comes to the same', async () => {
  const full = [{ text: lines(30_000) }];
  const whole = await compared(
    [{ text: lines(5_000, 100) }, { text: lines(9_000, 20_000), gap: 'missing' }],
    full,
    2,
  );
  expect(whole.last.kind).toBe('all');
  expect(whole.steps).toBeGreaterThan(5);
  const short = await compared([{ text: lines(5_000, 100) }, { text: 'never\n', gap: 'missing' }], full, 2);
  expect(short.last).toMatchObject({ kind: 'lacks', line: 'never' });
});
