// Long jobs through the real story in virtual time: how they end, what they cost, and how soon their end is noticed.
import { z } from 'zod';

import { workloadName } from '../../domain/job/names';
import { CONTAINER_NAME } from '../../domain/ports/compute-backend';
import type { Script } from '../../standins/containers/scripted';
import { createTestWorld } from '../support/world/test-world';

const HOUR = 3_600_000;
/** The program ends this long before its deadline. A workload lives up to a week in all (docs/failures.md). */
const BEFORE_DEADLINE_MS = HOUR / 2;
/** For what comes before the program and after it. */
const MARGIN_MS = 3 * HOUR;

const TOLD_EVERY_HOURS = 4;
const REGION = 'eastus';

export const longJobsSchema = z.object({
  outcomes: z.array(z.string()),
  /** For each job, whether the archive equals the printed text. */
  logsAreWhole: z.array(z.boolean()),
  /** The longest time from the exit of a program until the job's end was announced, milliseconds. */
  longestNoticeMs: z.number(),
  /** ARM's answers by method and status. */
  answers: z.record(z.string(), z.number()),
  /** Characters of the longest trigger of an episode, which carries the history that is replayed. */
  longestTrigger: z.number(),
  groupsLeft: z.number(),
  placesLeft: z.number(),
  failures: z.array(z.string()),
  logged: z.array(z.string()),
  virtualHours: z.number(),
  /** Seconds of real time. */
  seconds: z.number(),
});
export type LongJobs = z.infer<typeof longJobsSchema>;

/** `onHours` is called every few virtual hours with how many have passed. */
export async function runLongJobs(of: {
  jobs: number;
  hours: number;
  onHours?: (hours: number) => void;
}): Promise<LongJobs> {
  const began = performance.now();
  const programMs = of.hours * HOUR - BEFORE_DEADLINE_MS;
  const settings = { provisionMs: 60_000, pullMs: 30_000, deleteMs: 20_000 };
  const world = await createTestWorld(
    { [REGION]: { settings, scripts: [scriptOf(programMs)] } },
    { durable: true },
  );
  const { ports, events } = world;
  const region = world.regions.get(REGION);
  if (region === undefined) throw new Error('The world has no such region.');
  const { emulator, answers } = region;
  const startedAt = world.now();
  const spec = { image: 'example/program:1', deadlines: { running: of.hours * 3_600 } };
  const begun = Promise.all(Array.from({ length: of.jobs }, (_, job) => world.submit(spec, `job ${job}`)));
  const isOver = (): boolean => events.sent.length >= of.jobs && emulator.groupCount() === 0;
  for (let hours = 0; hours < of.hours + MARGIN_MS / HOUR && !isOver(); hours += TOLD_EVERY_HOURS) {
    of.onHours?.(hours);
    await world.runUntil(startedAt + (hours + TOLD_EVERY_HOURS) * HOUR, isOver);
  }
  const jobIds = await begun;
  // The last deletes are noticed, their places freed, the hints removed.
  await world.runUntil(world.now() + 3 * 60_000);

  const views = await Promise.all(jobIds.map((jobId) => world.view(jobId)));
  const logsAreWhole = await Promise.all(
    jobIds.map(async (jobId) => {
      const printed = emulator.printed(workloadName(jobId, 1)) ?? Buffer.alloc(0);
      const ref = { jobId, attempt: 1, container: CONTAINER_NAME };
      const archived = await ports.logArchive.read(ref, 0, printed.length + 1);
      return printed.length > 0 && archived.bytes.equals(printed);
    }),
  );
  const exits = emulator.ledger().programs.map(({ group, endedAt = 0 }) => ({ group, endedAt }));
  const notices = views.map(({ id, endedAt }) => {
    const exit = exits.find(({ group }) => group === workloadName(id, 1));
    return Date.parse(endedAt ?? '') - (exit?.endedAt ?? 0);
  });
  const { row } = await ports.placementRows.read(REGION);
  await emulator.close();
  return {
    outcomes: views.map(({ outcome, exitCode, attempts }) =>
      [outcome, exitCode, attempts.length, ...attempts.map(({ cleanup }) => cleanup)].join(' '),
    ),
    logsAreWhole,
    longestNoticeMs: Math.max(...notices),
    answers: Object.fromEntries(answers),
    longestTrigger: world.longestTrigger(),
    groupsLeft: emulator.groupCount(),
    placesLeft: Object.keys(row.holders).length,
    failures: world.failures.map(String),
    logged: world.app.logged,
    virtualHours: (world.now() - startedAt) / HOUR,
    seconds: (performance.now() - began) / 1000,
  };
}

/** A script that prints a line every ten minutes, each unlike any other. */
function scriptOf(programMs: number): Script {
  const everyMs = HOUR / 6;
  const prints = Array.from({ length: Math.floor(programMs / everyMs) }, (_, line) => ({
    atMs: line * everyMs + 1,
    text: `line ${line} ${(line * 7919).toString(36)}\n`,
  }));
  return { prints, exit: { atMs: programMs, code: 0 } };
}
