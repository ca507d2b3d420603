import type { AttemptRow } from '../../../domain/attempt/attempt';
import type { LogCompletion } from '../../../domain/logs/log-completion';
import { completeLogs } from '../../../jobs/sweep/complete-logs';
import { takeOverJobs } from '../../../jobs/sweep/take-over';
import { tickParts } from '../../../jobs/sweep/tick-parts';
import { attemptIn, onCommit, type TestApp, testApp, withAttempt } from '../../support/app/test-app';
import { MemoryLogStore } from '../../support/logs/memory-log-store';
import { jobRow, NEW_YEAR, testJobId } from '../../support/rows';

const LIVE = { name: 'the stream', limits: 'the last lines' };
const FULL = { name: 'the store', limits: 'minutes late' };
const COMPLETING: LogCompletion = { state: 'completing', live: LIVE, source: FULL, at: NEW_YEAR };
const REF = { jobId: testJobId(1), attempt: 1, container: 'program' };
const QUIET_S = 300;
const GIVE_UP_S = 7200;

interface Scene {
  readonly app: TestApp;
  readonly store: MemoryLogStore;
}

/** A job that is over and announced, whose stream showed this. */
async function over(shown: string, attempt: Partial<AttemptRow> = {}): Promise<Scene> {
  const app = testApp();
  const store = new MemoryLogStore();
  app.backend.logStore = store;
  await withAttempt(
    app,
    {
      cleanup: 'gone',
      verdict: { kind: 'succeeded', exitCode: 0 },
      seen: true,
      startShown: true,
      run: 'run-1',
      logBytes: shown.length,
      logCompletion: COMPLETING,
      ...attempt,
    },
    { state: 'over', outcome: 'Succeeded', overAt: NEW_YEAR, eventSent: true },
  );
  await app.hints.addJob(testJobId(1));
  const end = await app.ports.logArchive.end(REF, 'fresh');
  if (shown !== '') await end.append({ bytes: Buffer.from(shown) });
  await app.ports.logArchive.close(REF);
  return { app, store };
}

/** Ticks each minute for so long. */
async function ticks({ app }: Scene, seconds: number): Promise<void> {
  for (let passed = 0; passed <= seconds; passed += 60) {
    await completeLogs(app.ports, [testJobId(1)]);
    app.pass(60);
  }
}

async function completionOf({ app }: Scene): Promise<LogCompletion | undefined> {
  return (await attemptIn(app)).logCompletion;
}

async function textOf({ app }: Scene, generation: number): Promise<string> {
  return (await app.ports.logArchive.read({ ...REF, generation }, 0, 1_000_000)).bytes.toString();
}

it('writes all rows as a second generation once no row came for minutes, and leaves the first as it is', async () => {
  const scene = await over('c\nd\n');
  scene.store.print(1, 'a', 'b', 'c', 'd', 'e');
  await ticks(scene, QUIET_S - 60);
  expect(await completionOf(scene)).toMatchObject({ state: 'completing' });
  await ticks(scene, 60);
  expect(await completionOf(scene)).toMatchObject({
    state: 'complete',
    generation: 2,
    bytes: 10,
    source: FULL,
  });
  expect(await textOf(scene, 2)).toBe('a\nb\nc\nd\ne\n');
  expect(await textOf(scene, 1)).toBe('c\nd\n');
  const { index } = await scene.app.ports.logArchive.read(REF, 0, 1);
  expect(index.generations).toEqual([{ generation: 2, source: FULL.name, state: 'complete' }]);
});

it('waits anew after each row that comes late, and holds it in its place', async () => {
  const scene = await over('c\n');
  scene.store.print(1, 'a', 'c');
  await ticks(scene, QUIET_S - 120);
  scene.store.rows.splice(1, 0, { at: '000000001b', stream: 'stdout', text: 'b' });
  await ticks(scene, QUIET_S - 120);
  expect(await completionOf(scene)).toMatchObject({ state: 'completing' });
  await ticks(scene, 240);
  expect(await completionOf(scene)).toMatchObject({ state: 'complete', generation: 2 });
  expect(await textOf(scene, 2)).toBe('a\nb\nc\n');
});

it('begins another generation when a row comes while one is written', async () => {
  const scene = await over('c\n');
  scene.store.print(1, 'a', 'b', 'c', 'd', 'e');
  let reads = 0;
  scene.store.meanwhile = (asked) => {
    if (asked === 'read' && (reads += 1) === 2) scene.store.add(1, 'late');
  };
  await ticks(scene, 3 * QUIET_S);
  expect(await completionOf(scene)).toMatchObject({ state: 'complete', generation: 3 });
  expect(await textOf(scene, 3)).toBe('a\nlate\nb\nc\nd\ne\n');
  const { index } = await scene.app.ports.logArchive.read(REF, 0, 1);
  expect(index.generations?.map(({ state }) => state)).toEqual(['incomplete', 'complete']);
});

it('is not complete while it lacks what the stream showed, and is once that row has come', async () => {
  const scene = await over('b\n');
  scene.store.print(1, 'a', 'c');
  await ticks(scene, 2 * QUIET_S);
  expect(await completionOf(scene)).toMatchObject({
    state: 'completing',
    lacked: { rows: 2, why: expect.stringContaining('"b"') as string },
  });
  scene.store.add(2, 'b');
  await ticks(scene, 2 * QUIET_S);
  expect(await completionOf(scene)).toMatchObject({ state: 'complete', generation: 3 });
});

it('is the stream only when the store never has what the stream showed, and says what is missing', async () => {
  const scene = await over('b\n');
  scene.store.print(1, 'a', 'c');
  await ticks(scene, GIVE_UP_S + 60);
  expect(await completionOf(scene)).toEqual({
    state: 'stream-only',
    live: LIVE,
    at: expect.any(Number) as number,
    why: expect.stringContaining(
      'the store is not complete. It lacks what the program was seen to print',
    ) as string,
  });
});

it('is the stream only when the store refuses for ever, with the words of its last refusal', async () => {
  const scene = await over('b\n');
  scene.store.meanwhile = () => {
    throw new Error('HTTP 403: give the app the role of a reader.');
  };
  await ticks(scene, GIVE_UP_S - 60);
  expect(await completionOf(scene)).toMatchObject({ state: 'completing' });
  await ticks(scene, 120);
  expect(await completionOf(scene)).toMatchObject({
    state: 'stream-only',
    why: 'HTTP 403: give the app the role of a reader.',
  });
});

it('completes from a store that first answers when its time is nearly over', async () => {
  const scene = await over('a\n');
  scene.store.print(1, 'a', 'b');
  scene.store.meanwhile = () => {
    throw new Error('HTTP 503');
  };
  await ticks(scene, GIVE_UP_S - 120);
  scene.store.meanwhile = () => undefined;
  await ticks(scene, QUIET_S + 120);
  expect(await completionOf(scene)).toMatchObject({ state: 'complete', generation: 2 });
});

it('completes from a store that nobody could ask for longer than its time', async () => {
  const scene = await over('a\n');
  scene.store.print(1, 'a', 'b');
  scene.store.meanwhile = () => {
    throw new Error('HTTP 503');
  };
  await ticks(scene, 0);
  scene.store.meanwhile = () => undefined;
  scene.app.pass(2 * GIVE_UP_S);
  await ticks(scene, QUIET_S + 120);
  expect(await completionOf(scene)).toMatchObject({ state: 'complete', generation: 2 });
});

it('is the stream only when no row ever comes, and says where to look', async () => {
  const scene = await over('b\n');
  await ticks(scene, GIVE_UP_S + 60);
  expect(await completionOf(scene)).toMatchObject({
    state: 'stream-only',
    why: expect.stringContaining('it has no row of this run') as string,
  });
});

it('is complete with the first generation when the program printed nothing', async () => {
  const scene = await over('');
  await ticks(scene, QUIET_S + 60);
  expect(await completionOf(scene)).toMatchObject({ state: 'complete', generation: 1, bytes: 0 });
});

it('is the stream only where the placement has no store any more', async () => {
  const scene = await over('b\n');
  delete scene.app.backend.logStore;
  await ticks(scene, 0);
  expect(await completionOf(scene)).toMatchObject({ state: 'stream-only' });
});

it('marks where the rows do not tell how often a line was printed', async () => {
  const scene = await over('tick\ntick\n');
  scene.store.print(1, 'a', 'tick');
  scene.store.add(2, 'tick');
  await ticks(scene, QUIET_S + 60);
  expect(await completionOf(scene)).toMatchObject({ state: 'complete', generation: 2 });
  const { bytes, index } = await scene.app.ports.logArchive.read({ ...REF, generation: 2 }, 0, 100);
  expect(bytes.toString()).toBe('a\ntick\n');
  expect(index.gaps).toEqual([
    {
      at: 7,
      kind: 'not-provable',
      why: expect.stringContaining('repeat a line of the same instant') as string,
    },
  ]);
});

it('writes the terminal record anew, with what the rows then say', async () => {
  const scene = await over('a\n');
  scene.store.print(1, 'a');
  await ticks(scene, QUIET_S + 60);
  expect(scene.app.results.recordOf(testJobId(1))).toMatchObject({
    attempts: [{ log: { state: 'complete' } }],
  });
});

it('keeps the job in the index until its log is settled', async () => {
  const scene = await over('a\n');
  scene.store.print(1, 'a');
  await takeOverJobs(scene.app.ports);
  expect(await scene.app.hints.listUnfinished()).toEqual([testJobId(1)]);
  await ticks(scene, QUIET_S + 60);
  await takeOverJobs(scene.app.ports);
  expect(await scene.app.hints.listUnfinished()).toEqual([]);
});

it.each([
  ['the workload is not gone', { cleanup: 'requested' as const }, {}],
  ['the job is not announced', {}, { eventSent: false }],
])('asks nothing while %s', async (_, attempt, job) => {
  const app = testApp();
  const store = new MemoryLogStore();
  app.backend.logStore = store;
  await withAttempt(
    app,
    { cleanup: 'gone', run: 'run-1', logCompletion: COMPLETING, ...attempt },
    { state: 'over', outcome: 'Succeeded', overAt: NEW_YEAR, eventSent: true, ...job },
  );
  await app.hints.addJob(testJobId(1));
  await ticks({ app, store }, 120);
  expect(store.asked).toEqual([]);
});

it('comes to the same log when two ticks complete it at once', async () => {
  const scene = await over('c\n');
  scene.store.print(1, ...Array.from({ length: 40 }, (_, n) => `line ${n}`), 'c');
  for (let minute = 0; minute < 12; minute += 1) {
    const tick = () => completeLogs(scene.app.ports, [testJobId(1)]);
    await Promise.all([tick(), tick()]);
    scene.app.pass(60);
  }
  const done = await completionOf(scene);
  expect(done).toMatchObject({ state: 'complete' });
  const generation = done?.state === 'complete' ? done.generation : 0;
  expect((await textOf(scene, generation)).split('\n')).toHaveLength(42);
});

it('goes on where it died, whatever write it died after', async () => {
  for (let dies = 1; dies < 4; dies += 1) {
    const scene = await over('c\n');
    scene.store.print(1, ...Array.from({ length: 12 }, (_, n) => `line ${n}`), 'c');
    onCommit(scene.app, async (n, write) => {
      if (n !== dies) return write();
      await write();
      throw new Error('the process died');
    });
    await ticks(scene, 4 * QUIET_S);
    expect(await completionOf(scene)).toMatchObject({ state: 'complete', generation: 2 });
    expect((await textOf(scene, 2)).split('\n')).toHaveLength(14);
  }
});

it('is found by the part of the tick that reads every job in the index: none is read for it alone', async () => {
  const scene = await over('a\n');
  const { app } = scene;
  scene.store.print(1, 'a');
  for (let n = 2; n < 22; n += 1) {
    await app.jobs.insert(jobRow({ jobId: testJobId(n) }));
    await app.hints.addJob(testJobId(n));
  }
  const reads = jest.spyOn(app.jobs, 'read');
  const lists = jest.spyOn(app.hints, 'listUnfinished');
  for (let minute = 0; minute < 8; minute += 1) {
    const parts = tickParts();
    for (const part of parts.slice(0, -1)) await part(app.ports);
    reads.mockClear();
    lists.mockClear();
    await parts[parts.length - 1]?.(app.ports);
    expect(reads.mock.calls.filter(([jobId]) => jobId !== testJobId(1))).toEqual([]);
    expect(lists).not.toHaveBeenCalled();
    app.pass(60);
  }
  expect(await completionOf(scene)).toMatchObject({ state: 'complete', generation: 2 });
});
