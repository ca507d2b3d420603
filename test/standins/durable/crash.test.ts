// What was durable when the process ended is enough to go on. The process is ended after every single commit.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { EVENT_TYPE } from '../../../standins/durable/history/event-type';
import type { HistoryEvent } from '../../../standins/durable/history/history';
import { openLmdbJournal } from '../../../standins/kernel/lmdb-journal';
import { createMemoryJournal } from '../../../standins/kernel/memory-journal';
import { type Story, storyInvoker } from './story';
import { startWorld, type World } from './world';

const HOUR = 3_600_000;

/** Everything that an instance can wait for, then a second generation. */
const parent: Story = function* (input) {
  const { round, log } = input as { round: number; log: unknown[] };
  log.push(yield { activity: 'double', input: round });
  yield { timerMs: 1_500 };
  log.push(yield { event: 'go' });
  log.push(yield { sub: 'child', input: round, id: `child-${round}` });
  log.push(yield { race: { event: 'never', timerMs: 2_000 } });
  if (round < 2) return { continueAsNew: { round: round + 1, log } };
  return log;
};
const child: Story = function* (input) {
  const first = (yield { activity: 'double', input }) as number;
  yield { timerMs: 500 };
  return yield { activity: 'double', input: first };
};
const EXPECTED = [2, 'go 1', 4, 'timer', 4, 'go 2', 8, 'timer'];

function counted(): { invoker: ReturnType<typeof storyInvoker>; runs: () => number } {
  let runs = 0;
  return {
    invoker: storyInvoker({ parent, child }, { double: (input) => (runs++, (input as number) * 2) }),
    runs: () => runs,
  };
}

/** Does the client's part, which it repeats until it is answered: the start, then both events. */
async function clientDoes(world: World): Promise<void> {
  await world.ask('POST', 'orchestrators/parent/story', { round: 1, log: [] });
  for (const n of [1, 2]) {
    const waits = (): boolean =>
      world.end('story').status === 'Completed' ||
      (generationsSeen(world) >= n && world.history('story').some(isTimerFired));
    for (let tries = 0; tries < 100 && !waits(); tries++) await world.pass(100);
    const isThere = world.history('story').some((event) => event.EventType === EVENT_TYPE.EventRaised);
    const isOver = world.end('story').status === 'Completed';
    if (!isThere && !isOver && generationsSeen(world) === n)
      await world.ask('POST', 'instances/story/raiseEvent/go', `go ${n}`);
    await world.pass(10_000);
  }
}

function generationsSeen(world: World): number {
  const input = world.engine.store.row('story')?.input ?? '{"round":0}';
  return (JSON.parse(input) as { round: number }).round;
}

function isTimerFired(event: HistoryEvent): boolean {
  return event.EventType === EVENT_TYPE.TimerFired;
}

/** Expects that no task was scheduled twice, answered twice, or answered without having been scheduled. */
function expectNothingTwice(events: readonly HistoryEvent[]): void {
  const ids = (types: readonly number[], of: (event: HistoryEvent) => number): number[] =>
    events.filter((event) => types.includes(event.EventType)).map(of);
  const asked = ids(
    [EVENT_TYPE.TaskScheduled, EVENT_TYPE.TimerCreated, EVENT_TYPE.SubOrchestrationInstanceCreated],
    (event) => event.EventId,
  );
  const answered = events.flatMap((event) =>
    'TaskScheduledId' in event ? [event.TaskScheduledId] : 'TimerId' in event ? [event.TimerId] : [],
  );
  expect(new Set(asked).size).toBe(asked.length);
  expect(new Set(answered).size).toBe(answered.length);
  expect(asked).toEqual(expect.arrayContaining(answered));
  expect(ids([EVENT_TYPE.ExecutionStarted], () => 0)).toHaveLength(1);
}

it('goes on after a crash at every commit, and nothing happens twice in the history', async () => {
  const lives: ReadonlyMap<string, string>[] = [];
  const first = await startWorld({
    invoker: counted().invoker,
    journal: createMemoryJournal({ onCommit: (journal) => lives.push(journal.snapshot()) }),
  });
  await clientDoes(first);
  await first.engine.stop();
  expect(first.end('story')).toEqual({ status: 'Completed', output: EXPECTED });
  expect(lives.length).toBeGreaterThan(30);

  for (const [index, from] of lives.entries()) {
    const { invoker, runs } = counted();
    const world = await startWorld({
      invoker,
      journal: createMemoryJournal({ from }),
      startMs: Date.UTC(2026, 0, 1, 12) + HOUR,
      idPrefix: 'b',
    });
    await clientDoes(world);
    expect({ index, ...world.end('story') }).toEqual({ index, status: 'Completed', output: EXPECTED });
    for (const id of ['story', 'child-1', 'child-2']) expectNothingTwice(world.history(id));
    expect(runs()).toBeLessThanOrEqual(6);
    await world.engine.stop();
  }
});

it('goes on from a journal on disk that was left in the middle', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'durable-'));
  const path = join(folder, 'durable.mdb');
  const { invoker } = counted();
  let journal = openLmdbJournal(path);
  let world = await startWorld({ invoker, journal });
  // Commits of this journal take real time, so it is asked again until they are done.
  const until = async (isSo: () => boolean): Promise<void> => {
    for (let tries = 0; tries < 2_000 && !isSo(); tries++) {
      await world.pass(100);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(isSo()).toBe(true);
  };
  await world.ask('POST', 'orchestrators/parent/story', { round: 1, log: [] });
  await until(() => world.history('story').some(isTimerFired));
  const before = world.history('story');
  await world.engine.stop();
  await journal.close();

  journal = openLmdbJournal(path);
  world = await startWorld({ invoker, journal, idPrefix: 'b', startMs: Date.UTC(2026, 0, 1, 13) });
  expect(world.history('story')).toEqual(before);
  await world.ask('POST', 'instances/story/raiseEvent/go', 'go 1');
  await until(() => generationsSeen(world) === 2);
  await world.ask('POST', 'instances/story/raiseEvent/go', 'go 2');
  await until(() => world.end('story').status === 'Completed');
  expect(world.end('story').output).toEqual(EXPECTED);
  await world.engine.stop();
  await journal.close();
  await rm(folder, { recursive: true, force: true });
});
