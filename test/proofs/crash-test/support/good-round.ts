// A round in which all went well, of two jobs; the first one's first attempt was given up.
import type { CrashJob } from '../../../../proofs/crash-test/crash-job';
import type { LogFacts, RoundFacts } from '../../../../proofs/crash-test/round-facts';
import type { Job } from '../../../../standins/stack/jobs-api';

const AT = '2026-01-01T00:00:00.000Z';

export function attempt(
  number: number,
  over: Partial<Job['attempts'][number]> = {},
): Job['attempts'][number] {
  return { number, placement: 'p', phase: 'archiving', cleanup: 'gone', phases: {}, logBytes: 5, ...over };
}

export function givenUpAttempt(number: number): Job['attempts'][number] {
  return attempt(number, {
    reason: { code: 'given-up', class: 'infrastructure', message: 'Killed between intent and create.' },
  });
}

export function job(id: string, name: string, over: Partial<Job> = {}): Job {
  return {
    id,
    state: 'Succeeded',
    outcome: 'Succeeded',
    exitCode: 0,
    cleanup: 'gone',
    attempts: [attempt(1)],
    labels: { 'crash-test': name },
    createdAt: AT,
    ...over,
  };
}

export function submitted(name: string, exitCode: number, kind: CrashJob['kind'] = 'short'): CrashJob {
  return { name, kind, door: 'HTTP', exitCode, spec: {} };
}

export function log(text: string): LogFacts {
  return { archived: Buffer.from(text), printed: Buffer.from(text), gaps: [] };
}

export function create(workload: string): RoundFacts['ledger']['creates'][number] {
  return { workload };
}

export function program(workload: string, exitCode: number): RoundFacts['ledger']['programs'][number] {
  return { workload, endedAt: 3, exitCode, bytes: 5 };
}

export const GOOD_ROUND: RoundFacts = {
  submitted: [submitted('one', 0), submitted('two', 3)],
  jobs: [
    job('j1', 'one', { attempts: [givenUpAttempt(1), attempt(2)] }),
    job('j2', 'two', { state: 'Failed', outcome: 'Failed', exitCode: 3 }),
  ],
  ledger: {
    creates: [create('j1-2'), create('j2-1')],
    programs: [program('j1-2', 0), program('j2-1', 3)],
    objects: [
      { name: 'group j1-2', goneAt: 4 },
      { name: 'jobs.batch j2-1', goneAt: 4 },
      { name: 'pods j2-1-abcde', goneAt: 4 },
    ],
  },
  createsOn: { apps: 0, cluster: 1, instances: 1 },
  logs: new Map([
    ['j1-2', log('one\n')],
    ['j2-1', log('two\n')],
  ]),
  events: new Map([
    ['j1', ['j1-Succeeded', 'j1-Succeeded']],
    ['j2', ['j2-Failed']],
  ]),
  poisoned: 0,
  left: { groups: [], definitions: [], objects: [], holders: [], waiting: [], unfinished: [], processes: [] },
  unasked: [],
};
