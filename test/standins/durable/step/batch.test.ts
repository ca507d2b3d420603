import type { InstanceRow } from '../../../../standins/durable/instance-row';
import { eventRaised, executionStarted, type Message } from '../../../../standins/durable/message';
import { nextBatch } from '../../../../standins/durable/step/batch';
import type { Sequenced } from '../../../../standins/durable/store';

const stamp = (): string => '2026-01-01T00:00:00.1Z';
const row = (status: InstanceRow['status'], episodes = 1): InstanceRow => ({
  instanceId: 'i',
  executionId: 'now',
  name: 'story',
  status,
  input: null,
  output: null,
  customStatus: null,
  createdAt: stamp(),
  updatedAt: stamp(),
  generation: 0,
  episodes,
});
const to = (sequence: number, executionId: string | null): Sequenced<Message> => ({
  sequence,
  value: { instanceId: 'i', executionId, event: eventRaised('x', '1', stamp) },
});
const start = (sequence: number, executionId: string): Sequenced<Message> => ({
  sequence,
  value: {
    instanceId: 'i',
    executionId,
    event: executionStarted({ instanceId: 'i', executionId, name: 'story', input: null }, stamp),
  },
});
const numbers = (messages: readonly Sequenced<Message>[]): number[] =>
  messages.map(({ sequence }) => sequence);

function batchOf(before: InstanceRow | undefined, messages: Sequenced<Message>[]): unknown {
  const { startsRun, taken, dropped } = nextBatch(before, messages);
  return { startsRun, taken: numbers(taken), dropped: numbers(dropped) };
}

it('takes what is for this run, and what is for the current run whichever it is', () =>
  expect(batchOf(row('Running'), [to(1, 'now'), to(2, null), to(3, 'before')])).toEqual({
    startsRun: false,
    taken: [1, 2],
    dropped: [3],
  }));

it('takes nothing for an instance that is over, or was never there', () => {
  expect(batchOf(row('Completed'), [to(1, 'now'), to(2, null)])).toMatchObject({
    taken: [],
    dropped: [1, 2],
  });
  expect(batchOf(undefined, [to(1, null)])).toMatchObject({ taken: [], dropped: [1] });
});

it('begins a run with its start, and takes along what came after it', () =>
  expect(batchOf(row('Failed'), [to(1, null), start(2, 'next'), to(3, null), to(4, 'now')])).toEqual({
    startsRun: true,
    taken: [2, 3],
    dropped: [1, 4],
  }));

it('leaves a second start, and what follows it, for the next episode', () =>
  expect(batchOf(row('Pending', 0), [start(1, 'now'), to(2, null), start(3, 'next'), to(4, null)])).toEqual({
    startsRun: true,
    taken: [1, 2],
    dropped: [],
  }));
