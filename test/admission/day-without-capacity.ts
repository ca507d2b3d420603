// Many jobs that wait a day for a GPU that cannot be had and then can: the real jobs, activities and client against the
// emulator, in virtual time.
import { z } from 'zod';

import type { JobRow } from '../../domain/job/job';
import { createTestWorld } from '../support/world/test-world';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const settingsSchema = z.object({
  jobs: z.number().int().positive(),
  /** How many hours nothing can be had. Afterwards everything can. */
  hours: z.number().positive(),
  /** How many places the one placement has. */
  places: z.number().int().positive(),
});

export const dayWithoutCapacitySchema = z.object({
  /** When each create was sent, milliseconds since the first job was submitted. */
  creates: z.array(z.number()),
  /** Jobs that were not over when the day was. */
  waitingAtTheEnd: z.number(),
  /** Jobs by outcome, when all were over. */
  outcomes: z.record(z.string(), z.number()),
  /** Job numbers in the order in which their programs were admitted after capacity had come back. */
  admittedAfterwards: z.array(z.number()),
  /**
   * From when there was capacity until the first program was admitted that then ran, and until the last was,
   * milliseconds.
   */
  firstAfterMs: z.number(),
  lastAfterMs: z.number(),
  /** The most attempts that one job made. */
  mostAttempts: z.number(),
  seconds: z.number(),
});
export type DayWithoutCapacity = z.infer<typeof dayWithoutCapacitySchema>;

export async function runDayWithoutCapacity(given: unknown): Promise<DayWithoutCapacity> {
  const { jobs, hours, places } = settingsSchema.parse(given);
  const began = performance.now();
  const capacity: Record<string, number> = { 'eastus/V100': 0 };
  const world = await createTestWorld({
    one: {
      settings: { capacity },
      placement: {
        limits: {
          workloads: places,
          creates: [
            { per: 300, most: 100 },
            { per: 3600, most: 300 },
          ],
        },
      },
    },
  });
  const submittedAt = world.now();
  const ids: string[] = [];
  for (let n = 0; n < jobs; n += 1) {
    ids.push(
      await world.submit(
        {
          image: 'example/program:1',
          gpu: { count: 1, sku: 'V100' },
          // So few that the quota of cores holds nobody up.
          resources: { cpu: 1, memoryGb: 1.5 },
          deadlines: { queued: 7 * 86_400 },
        },
        `job ${n}`,
      ),
    );
    await world.pass(1_000);
  }
  await world.pass(submittedAt + hours * HOUR - world.now());
  const rowsOf = async (): Promise<JobRow[]> =>
    (await Promise.all(ids.map((id) => world.ports.jobs.read(id)))).flatMap((records) =>
      records === undefined ? [] : [records.job.row],
    );
  const waitingAtTheEnd = (await rowsOf()).filter(({ state }) => state !== 'over').length;

  delete capacity['eastus/V100'];
  const backAt = world.now();
  for (let n = 0; n < 48 && (await rowsOf()).some(({ state }) => state !== 'over'); n += 1)
    await world.pass(10 * MINUTE);
  const rows = await rowsOf();
  const records = await Promise.all(ids.map((id) => world.ports.jobs.read(id)));
  const admitted = records
    .flatMap((found, n) => {
      const last = found?.attempts.at(-1)?.row;
      return last?.verdict?.kind === 'succeeded' ? [{ n, at: last.admittedAt }] : [];
    })
    .toSorted((a, b) => a.at - b.at || a.n - b.n);
  const outcomes: Record<string, number> = {};
  for (const { outcome = 'none' } of rows) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  const puts = world.emulators.get('one')?.ledger().puts ?? [];
  return {
    creates: puts.map(({ at }) => at - submittedAt),
    waitingAtTheEnd,
    outcomes,
    admittedAfterwards: admitted.map(({ n }) => n),
    firstAfterMs: (admitted[0]?.at ?? Infinity) - backAt,
    lastAfterMs: (admitted.at(-1)?.at ?? Infinity) - backAt,
    mostAttempts: Math.max(...rows.map(({ attempt }) => attempt)),
    seconds: (performance.now() - began) / 1000,
  };
}
