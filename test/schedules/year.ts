// A year of schedules in virtual time, with ticks that come twice, from hosts whose clocks differ, that are cut off
// anywhere or stay away.
import type { JobRow } from '../../domain/job/job';
import type { JobRecords, JobStore } from '../../domain/ports/job-store';
import type { LastFire, ScheduleStore } from '../../domain/ports/schedule-store';
import { type Schedule, scheduleSchema } from '../../domain/schedule/schedule';
import type { FirePorts } from '../../jobs/schedule/fire-schedule';
import { fireSchedules } from '../../jobs/schedule/fire-schedules';
import { createRandom, type Random } from '../../standins/kernel/random';
import { Death, dyingPorts } from '../support/app/dying-ports';
import { testApp } from '../support/app/test-app';
import { attemptRow } from '../support/rows';
import { type PlannedTick, plannedTicks } from './planned-ticks';

const MINUTE_MS = 60_000;

export interface YearOf {
  readonly seed: number;
  /** Epoch milliseconds, whole minutes. */
  readonly from: number;
  readonly until: number;
  readonly schedules: readonly (Pick<Schedule, 'name' | 'cron'> & Partial<Schedule>)[];
  /** How long a job of a schedule lives, and how long one that is canceled takes to be gone; minutes. */
  readonly jobMinutes: number;
  readonly removalMinutes: number;
}

export interface YearTold {
  readonly ticks: number;
  /** Ticks whose host died in the midst of a fire. */
  readonly cut: number;
  readonly doubled: number;
  /** Spans without any tick longer than the grace: after this minute, up to this one. */
  readonly downtimes: readonly (readonly [number, number])[];
  /** Every decision that a row's write made known, as `name fireAt action jobId`; epoch milliseconds. */
  readonly decisions: readonly string[];
  /** Every job's row that was inserted, in order. */
  readonly jobs: readonly { readonly schedule: string; readonly jobId: string }[];
  /** Moments at which two jobs of a schedule that forbids it were there at once. */
  readonly meetings: readonly string[];
}

/** Runs a year, in a process of plain node. */
export async function yearOfSchedules(year: YearOf): Promise<YearTold> {
  const world = worldOf(year);
  const random = createRandom(year.seed);
  const { ticks, downtimes } = plannedTicks(random, year.from, year.until);
  let [cut, doubled] = [0, 0];
  for (const tick of ticks) {
    world.now = tick.at;
    if (tick.twice) doubled += 1;
    const runs = Array.from({ length: tick.twice ? 2 : 1 }, (_, host) => runTick(world, random, tick, host));
    cut += (await Promise.all(runs)).filter((wasCut) => wasCut).length;
  }
  const { decisions, jobs, meetings } = world;
  return { ticks: ticks.length, cut, doubled, downtimes, decisions, jobs, meetings };
}

interface World {
  now: number;
  readonly ports: FirePorts;
  readonly decisions: string[];
  readonly jobs: { schedule: string; jobId: string }[];
  readonly meetings: string[];
}

/** Runs a tick. Resolves to whether it was cut off after its first call, which only reads. */
async function runTick(world: World, random: Random, tick: PlannedTick, host: number): Promise<boolean> {
  // Hosts' clocks differ by up to two seconds; a tick comes some seconds into its minute.
  const skew = random.int(-2_000, 2_000);
  const own = { ...world.ports, clock: { ...world.ports.clock, now: () => world.now + skew } };
  if (!tick.cut || host > 0) {
    await fireSchedules(own);
    return false;
  }
  const effect = random.chance(0.5) ? 'before' : 'after';
  const { ports, life } = dyingPorts(own, random.int(1, 25), effect);
  await fireSchedules(ports).catch((error: unknown) => {
    if (!(error instanceof Death)) throw error;
  });
  return life.dead && life.calls > 1;
}

function worldOf(year: YearOf): World {
  const configuredSchedules = year.schedules.map((schedule) =>
    scheduleSchema.parse({ spec: { image: 'example/program:1' }, ...schedule }),
  );
  const { hints, schedules, ...rest } = testApp().ports;
  const world: Omit<World, 'ports'> = { now: year.from, decisions: [], jobs: [], meetings: [] };
  const ports = {
    ...rest,
    clock: { now: () => world.now, monotonic: () => world.now },
    configuredSchedules,
    // What a job leaves behind elsewhere is not checked here, and would be a lot.
    hints: without(hints, ['addWaiting', 'addJob']),
    specs: without(rest.specs, ['put']),
    jobs: livingJobs(world, year, configuredSchedules),
    schedules: watched(world, schedules),
  };
  return Object.assign(world, { ports });
}

/** The port, with methods that do nothing. */
function without<P extends object>(port: P, methods: readonly (keyof P)[]): P {
  return new Proxy(port, {
    get: (target, name): unknown => {
      if (methods.some((method) => method === name)) return () => Promise.resolve();
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

/** The store, which notes each decision once, when the write that tells it was done. */
function watched(world: Omit<World, 'ports'>, store: ScheduleStore): ScheduleStore {
  const lastOf = new Map<string, LastFire | undefined>();
  return {
    read: (name) => store.read(name),
    list: () => store.list(),
    insert: (row) => store.insert(row),
    remove: (name, etag) => store.remove(name, etag),
    write: async (row, etag) => {
      const written = await store.write(row, etag);
      if (written === 'done' && JSON.stringify(row.last) !== JSON.stringify(lastOf.get(row.name))) {
        lastOf.set(row.name, row.last);
        const { fireAt, action, jobId } = row.last ?? { fireAt: 0, action: 'none', jobId: undefined };
        world.decisions.push(`${row.name} ${fireAt} ${action} ${jobId ?? ''}`.trim());
      }
      return written;
    },
  };
}

/** Lets jobs run for a while and then be over and gone, or be canceled and gone somewhat later. */
function livingJobs(world: Omit<World, 'ports'>, year: YearOf, schedules: readonly Schedule[]): JobStore {
  const rows = new Map<string, { row: JobRow; goneAt: number; canceled: boolean }>();
  const latest = new Map<string, string>();
  const recordsOf = (job: { row: JobRow; goneAt: number; canceled: boolean }): JobRecords => {
    const isGone = world.now >= job.goneAt;
    const { jobId } = job.row;
    return {
      job: { row: { ...job.row, state: isGone ? 'over' : 'active', attempt: 1 }, etag: '1' },
      cancel: job.canceled ? { jobId, at: world.now, by: 'schedule' } : undefined,
      attempts: [{ row: attemptRow({ jobId, cleanup: isGone ? 'gone' : 'none' }), etag: '1' }],
    };
  };
  return {
    insert: (row) => {
      if (rows.has(row.jobId)) return Promise.resolve('exists');
      const schedule = row.schedule ?? '';
      const before = rows.get(latest.get(schedule) ?? '');
      const mayMeet = schedules.find(({ name }) => name === schedule)?.overlap === 'allow';
      if (!mayMeet && before !== undefined && world.now < before.goneAt)
        world.meetings.push(`${schedule}: ${before.row.jobId} and ${row.jobId} at ${world.now}`);
      rows.set(row.jobId, { row, goneAt: world.now + year.jobMinutes * MINUTE_MS, canceled: false });
      latest.set(schedule, row.jobId);
      world.jobs.push({ schedule, jobId: row.jobId });
      return Promise.resolve('inserted');
    },
    read: (jobId) => {
      const job = rows.get(jobId);
      return Promise.resolve(job === undefined ? undefined : recordsOf(job));
    },
    commit: (jobId, changes) => {
      const job = rows.get(jobId);
      if (job === undefined || changes.some(({ kind }) => kind !== 'insert-cancel'))
        return Promise.reject(new Error(`Nothing but cancels is expected of ${jobId}.`));
      if (!job.canceled)
        rows.set(jobId, {
          row: job.row,
          goneAt: Math.min(job.goneAt, world.now + year.removalMinutes * MINUTE_MS),
          canceled: true,
        });
      return Promise.resolve('done');
    },
  };
}
