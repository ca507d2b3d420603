// Makes the instances that the recorded requests to the management API expect. Which these are is read off the recorded
// answers, because the list of requests does not say.
import type { Step } from './case-file';

const start = (orchestrator: string, instanceId: string, input: unknown = {}): Step => ({
  do: 'start',
  orchestrator,
  instanceId,
  input,
  status: 202,
});
const over = (instanceId: string): Step => ({
  do: 'awaitStatus',
  instanceId,
  runtimeStatus: ['Completed', 'Failed', 'Terminated'],
});
const waiting = (instanceId: string): Step => ({ do: 'awaitEpisodes', instanceId, count: 1 });

interface Preparation {
  readonly atFirst: readonly Step[];
  /** The steps to do right before a request, by its method and path. */
  readonly justBefore: Readonly<Record<string, readonly Step[]>>;
}

export const PREPARATION: Preparation = {
  atFirst: [
    start('eventOne', 'api-running', { n: 1 }),
    start('eventOne', 'api-suspended'),
    start('encodingStart', 'api-completed', 'done'),
    start('failureThrow', 'api-failed', { what: 'error' }),
    start('eventOne', 'api-terminated'),
    start('customStatus', 'api-custom'),
    start('chain', 'api-chain', { text: 'a' }),
    start('subCall', 'api-sub', { childId: 'api-sub-child', childInput: { x: 1 } }),
    start('raceEventTimer', 'api-timer-event', { ms: 60_000, cancel: true }),
    start('failureUncaught', 'api-rewind'),
    start('eventOne', 'api-t1'),
    start('eventOne', 'api-t2'),
    start('encodingStart', 'api-l1', { n: 'api-l1' }),
    start('encodingStart', 'api-l2', { n: 'api-l2' }),
    start('eventOne', 'api-l3'),
    start('failureThrow', 'api-l4', { what: 'error' }),
    start('eventOne', 'api-l5'),
    waiting('api-suspended'),
    waiting('api-terminated'),
    waiting('api-timer-event'),
    { do: 'suspend', instanceId: 'api-suspended', reason: 'held', status: 202 },
    { do: 'terminate', instanceId: 'api-terminated', reason: 'enough', status: 202 },
    { do: 'raiseEvent', instanceId: 'api-timer-event', name: 'go', data: 1, status: 202 },
    over('api-completed'),
    over('api-failed'),
    over('api-terminated'),
    over('api-chain'),
    over('api-sub'),
    over('api-timer-event'),
    over('api-rewind'),
  ],
  justBefore: {
    'GET instances/api-pending': [start('eventOne', 'api-pending')],
  },
};
