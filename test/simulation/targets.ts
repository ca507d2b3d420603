// The rare places that a seed aims its faults at: states and calls that chance alone would seldom bring together.
import type { FaultKind } from '../../local/faults/fault';
import { faultsOf } from '../../local/faults/fault';
import type { Random } from '../../local/kernel/random';

const OF_ATTEMPTS = [
  'create',
  'look',
  'provisioning',
  'pulling',
  'running',
  'archiving',
  'due',
  'settle',
  'requested',
  'gone',
];
const OF_JOBS = ['no-row', 'waiting', 'over'];

/** Calls, with the states in which they can come. */
const PLACES: readonly { readonly call: string; readonly states: readonly string[] }[] = [
  ...['arm.put'].map((call) => ({ call, states: ['look'] })),
  ...[
    'arm.get',
    'arm.delete',
    'arm.logs',
    'jobs.read',
    'jobs.commit',
    'durable.activity',
    'durable.episode',
    'starter.status',
    'starter.start',
  ].map((call) => ({ call, states: call.startsWith('jobs') ? [...OF_ATTEMPTS, ...OF_JOBS] : OF_ATTEMPTS })),
  ...[
    'logBlobs.head',
    'logBlobs.create',
    'logBlobs.append',
    'logBlobs.mark',
    'logBlobs.read',
    'logBlobs.readText',
    'logBlobs.writeText',
  ].map((call) => ({ call, states: ['running', 'archiving', 'look', 'provisioning'] })),
  ...[
    'jobs.insert',
    'lists.write',
    'hints.addWaiting',
    'hints.addJob',
    'heldSecrets.put',
    'heldSecrets.remove',
    'results.put',
  ].map((call) => ({
    call,
    states: ['no-row', 'waiting', 'settle', 'over', 'requested'],
  })),
  ...[
    'arm.list',
    'arm.operation',
    'hints.listWaiting',
    'hints.listUnfinished',
    'placementRows.read',
    'placementRows.write',
    'kicks.send',
    'events.send',
    'specs.put',
    'specs.get',
    'owner.get',
    'durable.commit',
    'platform.group',
  ].map((call) => ({ call, states: ['-'] })),
  ...['hints.removeWaiting', 'hints.removeUnfinished', 'heldSecrets.get', 'starter.wake', 'rejected.put'].map(
    (call) => ({
      call,
      states: ['create', 'waiting', 'look', 'over', 'gone', 'no-row', 'running'],
    }),
  ),
  { call: 'lists.write', states: ['create', 'pulling', 'running', 'requested', 'over', 'gone'] },
  { call: 'platform.workload', states: ['starting', 'running', 'ended'] },
];

export function randomTargets(
  random: Random,
  count: number,
): { call: string; state: string; kind: FaultKind }[] {
  return Array.from({ length: count }, () => {
    const { call, states } = random.pick(PLACES);
    return { call, state: random.pick(states), kind: random.pick(faultsOf(call)) };
  });
}
