// The app's ports over memory, a backend and orchestrations that follow scripts, and a clock that the test moves.
import type { AttemptRow } from '../../../domain/attempt/attempt';
import { DEFAULT_TIMES } from '../../../domain/attempt/protocol-times';
import type { JobRow } from '../../../domain/job/job';
import { createPace } from '../../../domain/placement/pace';
import type { JobRecords, RowChange } from '../../../domain/ports/job-store';
import { createListKeeper } from '../../../jobs/lists/list-keeper';
import type { Ports } from '../../../jobs/ports';
import {
  MemoryHeldSecrets,
  MemoryRejectedStore,
  MemoryResultStore,
  MemorySpecStore,
} from '../memory/memory-blob-stores';
import { MemoryControlStore } from '../memory/memory-control-store';
import { MemoryGroupStore } from '../memory/memory-group-store';
import { MemoryHintStore } from '../memory/memory-hint-store';
import { MemoryJobLists } from '../memory/memory-job-lists';
import { MemoryJobStore } from '../memory/memory-job-store';
import { MemoryMessageQueue } from '../memory/memory-message-queue';
import { MemoryOwnerStore } from '../memory/memory-owner-store';
import { MemoryPlacementStore } from '../memory/memory-placement-store';
import { MemoryScheduleStore } from '../memory/memory-schedule-store';
import { memoryLogArchive } from '../memory-log-blobs';
import { testFacts, testPlacement } from '../placements';
import { attemptRow, jobRow, NEW_YEAR, testJobId } from '../rows';
import { ScriptedBackend } from './scripted-backend';
import { ScriptedStarter } from './scripted-starter';

export interface TestApp {
  readonly ports: Ports & { readonly starter: ScriptedStarter };
  readonly backend: ScriptedBackend;
  readonly starter: ScriptedStarter;
  readonly jobs: MemoryJobStore;
  readonly hints: MemoryHintStore;
  readonly groups: MemoryGroupStore;
  /** What the lists hold. `ports.jobs` writes only the rows. */
  readonly lists: MemoryJobLists;
  readonly placementRows: MemoryPlacementStore;
  readonly heldSecrets: MemoryHeldSecrets;
  readonly results: MemoryResultStore;
  readonly rejected: MemoryRejectedStore;
  readonly kicks: MemoryMessageQueue;
  readonly events: MemoryMessageQueue;
  /** What was logged: `warn …`, `error …`. */
  readonly logged: string[];
  /** Moves both clocks, where the test gave none. */
  readonly pass: (seconds: number) => void;
  readonly now: () => number;
}

/** Starts at NEW_YEAR with one placement, `eastus`. */
export function testApp(over: Partial<Ports> = {}): TestApp {
  const placements = over.placements ?? [testPlacement()];
  let now = NEW_YEAR;
  let nonces = 0;
  const logged: string[] = [];
  const note = (level: string) => (message: string) => void logged.push(`${level} ${message}`);
  const clock = over.clock ?? { now: () => now, monotonic: () => now - NEW_YEAR };
  const wall = (): number => clock.now();
  const stores = {
    backend: new ScriptedBackend(),
    starter: new ScriptedStarter(),
    jobs: new MemoryJobStore(),
    hints: new MemoryHintStore(wall),
    groups: new MemoryGroupStore(),
    lists: new MemoryJobLists(),
    placementRows: new MemoryPlacementStore(),
    heldSecrets: new MemoryHeldSecrets(wall),
    results: new MemoryResultStore(),
    rejected: new MemoryRejectedStore(),
    kicks: new MemoryMessageQueue(wall),
    events: new MemoryMessageQueue(wall),
  };
  const { backend, lists, ...rest } = stores;
  const log = { info: note('info'), warn: note('warn'), error: note('error') };
  const keeper = createListKeeper({ jobs: over.jobs ?? rest.jobs, lists, log, patience: never });
  return {
    ...stores,
    logged,
    now: wall,
    pass: (seconds) => void (now += seconds * 1000),
    ports: {
      ...rest,
      lists: keeper,
      clock,
      pause: (ms) => {
        now += ms;
        return Promise.resolve();
      },
      newNonce: () => `nonce ${String((nonces += 1))}`,
      log,
      owner: new MemoryOwnerStore({}, (bytes) => Buffer.alloc(bytes, 7)),
      schedules: new MemoryScheduleStore(),
      control: new MemoryControlStore(),
      specs: new MemorySpecStore(),
      logArchive: memoryLogArchive(),
      placements,
      factsOf: testFacts(placements),
      configuredSchedules: [],
      backendOf: () => backend,
      pace: createPace(clock, (name) => testFacts(placements)(name).traits.requests),
      times: DEFAULT_TIMES,
      pollFloorMs: 2_000,
      ...over,
    },
  };
}

const never = (): Promise<never> => new Promise(() => undefined);

/** The rows of a job; throws when there are none. */
export async function rowsOf(app: TestApp, jobId = testJobId(1)): Promise<JobRecords> {
  const records = await app.jobs.read(jobId);
  if (records === undefined) throw new Error(`There is no job ${jobId}.`);
  return records;
}

/** A row of an attempt; throws when there is none. */
export async function attemptIn(app: TestApp, number = 1, jobId = testJobId(1)): Promise<AttemptRow> {
  const attempt = (await rowsOf(app, jobId)).attempts.find(({ row }) => row.number === number);
  if (attempt === undefined) throw new Error(`Job ${jobId} has no attempt ${number}.`);
  return attempt.row;
}

/** Stores an active job whose current attempt is this one, its place taken and its spec stored. */
export async function withAttempt(
  app: TestApp,
  attempt: Partial<AttemptRow> = {},
  job: Partial<JobRow> = {},
): Promise<void> {
  const row = jobRow({ state: 'active', attempt: 1, ...job });
  await app.ports.specs.put(row.specHash, { image: 'example/program:1' });
  await app.jobs.insert(row);
  await app.jobs.commit(row.jobId, [
    { kind: 'insert-attempt', row: attemptRow({ jobId: row.jobId, ...attempt }) },
  ]);
}

export async function withCancel(app: TestApp, jobId = testJobId(1)): Promise<void> {
  await app.jobs.commit(jobId, [{ kind: 'insert-cancel', row: { jobId, at: app.now(), by: 'person' } }]);
}

/** Changes an attempt's row as another process would. */
export async function changeAttempt(app: TestApp, change: Partial<AttemptRow>): Promise<void> {
  const [attempt] = (await rowsOf(app)).attempts;
  if (attempt === undefined) throw new Error('There is no attempt to change.');
  const row = { ...attempt.row, ...change };
  await app.jobs.commit(row.jobId, [{ kind: 'replace-attempt', row, etag: attempt.etag }]);
}

/** Calls `meet` before each commit. It may change rows, throw, or let the write pass and throw afterwards. */
export function onCommit(
  app: TestApp,
  meet: (
    n: number,
    write: () => Promise<'done' | 'changed'>,
    changes: readonly RowChange[],
  ) => Promise<'done' | 'changed'>,
): void {
  const commit = app.jobs.commit.bind(app.jobs);
  let commits = 0;
  app.jobs.commit = (jobId, changes) => meet((commits += 1), () => commit(jobId, changes), changes);
}
