// A job that prints 20 MB in two minutes, its log read over connections that break at any moment, and rotated.
import type { LogCursor } from '../../../../domain/logs/log-cursor';
import type { Gap } from '../../../../domain/logs/log-index';
import type { LogRead } from '../../../../domain/logs/log-read';
import { archiveLogs } from '../../../../jobs/logs/archive-logs';
import { readLogs } from '../../../../jobs/logs/read-logs';
import type { Script } from '../../../../standins/containers/scripted';
import { createRandom, type Random } from '../../../../standins/kernel/random';
import { ConnectionLost, type WireRequest, type WireResponse } from '../../../../standins/wire/handler';
import { createLogArchive } from '../../../../storage/logs/blob-log-archive';
import { created, refOn } from '../../../contract/backend-stage';
import { newLogRef } from '../../../contract/log-archive';
import { flawByRecord, type PlatformRecord } from '../../../support/logs/gone-bytes';
import { longLog } from '../../../support/long-log';
import { MemoryLogBlobs } from '../../../support/memory-log-blobs';
import { setKubernetesStage } from '../kubernetes-stage';

const MIB = 1024 * 1024;
const SECONDS = 120;
const LOOK_MS = 2_000;
const PRINTED = longLog();

/** Pieces of any length, one each 50 ms. */
function printing(random: Random): Script['prints'] {
  const ends = Array.from({ length: SECONDS * 20 - 1 }, () => random.int(0, PRINTED.length));
  const cuts = [0, ...ends.sort((a, b) => a - b), PRINTED.length];
  return cuts.slice(1).map((end, i) => ({ atMs: 1 + i * 50, text: PRINTED.subarray(cuts[i], end) }));
}

/** Every third answer about a log is lost; of another third the end is, which nothing tells. */
function breaking(random: Random): (request: WireRequest, answer: WireResponse) => WireResponse {
  return ({ url }, answer) => {
    if (!url.pathname.endsWith('/log') || answer.status !== 200) return answer;
    const fate = random.int(0, 2);
    if (fate === 0) throw new ConnectionLost('The connection broke.');
    const body = Buffer.from(answer.body ?? '');
    return fate === 1 ? { ...answer, body: body.subarray(0, random.int(0, body.length)) } : answer;
  };
}

interface Archived {
  readonly bytes: Buffer;
  readonly gaps: readonly Gap[];
  readonly record: PlatformRecord;
}

/** Archives with a look each two seconds while the program runs, then with final ones until the log is closed. */
async function archived(seed: number, fileBytes: number): Promise<Archived> {
  const random = createRandom(seed);
  const prints = printing(random);
  const stage = setKubernetesStage({
    script: () => ({ prints, exit: { atMs: (SECONDS + 1) * 1_000, code: 0 } }),
    life: { logRotation: { bytes: fileBytes, everyMs: 10_000 }, keptOutputBytes: 32 * MIB },
    disturb: breaking(random),
  });
  const ref = refOn(stage);
  await created(stage, ref);
  const archive = createLogArchive(new MemoryLogBlobs());
  const logRef = newLogRef();
  const gone = new Set<number>();
  const look = async (final: boolean): Promise<boolean> => {
    const read = (from: LogCursor | undefined, known: number): Promise<LogRead> =>
      stage.backend.logs(ref, from, known);
    const { unavailable } = await archiveLogs({ archive, ref: logRef, read, final });
    for (const program of stage.standIn.ledger().programs) gone.add(program.gone);
    return unavailable === undefined;
  };
  for (let ms = 0; ms < (SECONDS + 10) * 1_000; ms += LOOK_MS) {
    await stage.advance(LOOK_MS);
    await look(false);
  }
  while (!(await look(true))) await stage.advance(LOOK_MS);
  const { bytes, gaps } = await readLogs(archive, logRef, { from: 0, maxBytes: 32 * MIB });
  const printed = stage.standIn.printed({ job: ref.name });
  if (printed === undefined) throw new Error('The ledger has dropped what was printed.');
  return { bytes, gaps, record: { printed, gone: [...gone] } };
}

test('a log that is not rotated is archived as it was printed', async () => {
  const { bytes, gaps, record } = await archived(1, 100 * MIB);
  expect(record.printed.equals(PRINTED)).toBe(true);
  expect(gaps).toEqual([]);
  expect(bytes.equals(PRINTED)).toBe(true);
}, 120_000);

test.each([2, 3])(
  'of a log that is rotated at 10 MB each gap covers what the ledger says was gone (seed %d)',
  async (seed) => {
    const { bytes, gaps, record } = await archived(seed, 10 * MIB);
    expect(record.gone.length).toBeGreaterThan(1);
    expect(flawByRecord(bytes, gaps, record)).toBeUndefined();
    expect(gaps.every(({ kind }) => kind === 'missing')).toBe(true);
    expect(gaps.length).toBeLessThanOrEqual(record.gone.length);
  },
  120_000,
);
