// The judge of a crash test's rounds: a good round passes, and every fault is named.
import type { LogFacts, RoundFacts } from '../../../proofs/crash-test/round-facts';
import { violationsOf } from '../../../proofs/crash-test/violations';
import {
  attempt,
  create,
  givenUpAttempt,
  GOOD_ROUND,
  job,
  log,
  program,
  submitted,
} from './support/good-round';

const { ledger, left, jobs, logs, events } = GOOD_ROUND;
const [first, second] = jobs;

test('a round in which kills cost an attempt before its create, and an event came twice, is good', () => {
  expect(violationsOf(GOOD_ROUND)).toEqual([]);
});

function onApps(state: string): ReturnType<typeof attempt> {
  return attempt(1, { placement: 'crash-apps', log: { state, generation: 1 } });
}

const failed = { state: 'Failed', outcome: 'Failed', exitCode: 3 };

const wrong: readonly (readonly [string, Partial<RoundFacts>, string])[] = [
  [
    'a lost submission',
    { submitted: [...GOOD_ROUND.submitted, submitted('three', 0)] },
    'three was taken by HTTP and made no job',
  ],
  ['two jobs of one submission', { jobs: [...jobs, job('j3', 'one')] }, 'one made 2 jobs: j1, j3'],
  [
    'a job that never ends',
    { jobs: [...jobs.slice(0, 1), job('j2', 'two', { outcome: undefined, exitCode: undefined })] },
    'two ended not at all with exit code none (no reason), not Failed with 3',
  ],
  [
    "another exit code than the program's",
    { jobs: [...jobs.slice(0, 1), job('j2', 'two', { ...failed, exitCode: 137 })] },
    'two ended Failed with exit code 137 (no reason), not Failed with 3',
  ],
  [
    'a second create',
    { ledger: { ...ledger, creates: [...ledger.creates, create('j2-1')] } },
    'two attempt 1 was created 2 times',
  ],
  [
    'a second start of the program',
    { ledger: { ...ledger, programs: [...ledger.programs, program('j2-1', 3)] } },
    'two attempt 1 started its program 2 times',
  ],
  [
    'an attempt given up after its create',
    { ledger: { ...ledger, creates: [create('j1-1'), ...ledger.creates] } },
    'one attempt 1 was given up after 1 creates',
  ],
  [
    'an attempt that failed for another reason',
    {
      jobs: [
        {
          ...(first ?? job('j1', 'one')),
          attempts: [
            attempt(1, { reason: { code: 'lost', class: 'infrastructure', message: '' } }),
            attempt(2),
          ],
        },
        ...jobs.slice(1),
      ],
    },
    'one attempt 1 ended for lost',
  ],
  [
    'an attempt whose cleanup is not over',
    {
      jobs: [
        ...jobs.slice(0, 1),
        job('j2', 'two', { ...failed, attempts: [attempt(1, { cleanup: 'requested' })] }),
      ],
    },
    'two attempt 1 has cleanup requested',
  ],
  [
    'an archive that lacks its end',
    { logs: new Map([...logs, ['j2-1', { ...log('two\n'), archived: Buffer.from('tw') }]]) },
    'two attempt 1 has a log that is not what was printed (2 of 4 bytes, 0 gaps)',
  ],
  [
    'a log on Container Apps that was not completed',
    {
      jobs: [...jobs.slice(0, 1), job('j2', 'two', { ...failed, attempts: [onApps('completing')] })],
    },
    'two attempt 1 has a log that was not completed (completing)',
  ],
  [
    'a completed log that lacks a byte',
    {
      jobs: [...jobs.slice(0, 1), job('j2', 'two', { ...failed, attempts: [onApps('complete')] })],
      logs: new Map([...logs, ['j2-1', { ...log('two\n'), whole: Buffer.from('two') }]]),
    },
    'two attempt 1 has a log that was completed with 3 bytes, and 4 were printed',
  ],
  ['an outcome that nobody heard of', { events: new Map([...events].slice(0, 1)) }, 'two was not announced'],
  [
    'two outcomes announced',
    { events: new Map([...events, ['j2', ['j2-Failed', 'j2-Canceled']]]) },
    'two was announced as j2-Failed, j2-Canceled',
  ],
  [
    'a workload of no job',
    { ledger: { ...ledger, creates: [...ledger.creates, create('j9-1')] } },
    'j9-1 was created and is no attempt of any job',
  ],
  [
    'a group that is not gone',
    { ledger: { ...ledger, objects: [{ name: 'group j2-1' }] } },
    'group j2-1 is not gone, says the ledger',
  ],
  [
    'a Secret that is not gone',
    { ledger: { ...ledger, objects: [...ledger.objects, { name: 'secrets j2-1' }] } },
    'secrets j2-1 is not gone, says the ledger',
  ],
  [
    'an object on the cluster',
    { left: { ...left, objects: ['pods/j2-1-x'] } },
    'left behind (objects): pods/j2-1-x',
  ],
  ['a place still held', { left: { ...left, holders: ['j1-2'] } }, 'left behind (holders): j1-2'],
  ['a process left', { left: { ...left, processes: ['17: sh'] } }, 'left behind (processes): 17: sh'],
  ['a poisoned message', { poisoned: 1 }, '1 messages are in the poison queue'],
  [
    'a host that died by itself',
    { unasked: ['functions-host ended by itself'] },
    'functions-host ended by itself',
  ],
];

test.each(wrong)('%s is named, and nothing else', (_, change, what) => {
  expect(violationsOf({ ...GOOD_ROUND, ...change }).map((violation) => violation.what)).toEqual([what]);
});

test('a last attempt that was given up is no end of a job', () => {
  const attempts = [givenUpAttempt(1)];
  const facts = { ...GOOD_ROUND, jobs: [...jobs.slice(0, 1), { ...(second ?? job('j2', 'two')), attempts }] };
  const without = { ...ledger, creates: ledger.creates.slice(0, 1), programs: ledger.programs.slice(0, 1) };
  expect(violationsOf({ ...facts, ledger: without }).map(({ what }) => what)).toEqual([
    'two attempt 1 was created 0 times',
    'two attempt 1 started its program 0 times',
  ]);
});

test('only a loud program on container instances may have lost something of its log', () => {
  const cut = { ...log('two\n'), archived: Buffer.from('two'), gaps: [gapAt(3)] };
  const at = (kind: 'loud' | 'short', placement: string): readonly string[] => {
    const jobs = [
      ...GOOD_ROUND.jobs.slice(0, 1),
      job('j2', 'two', { ...failed, attempts: [attempt(1, { placement })] }),
    ];
    const facts = { ...GOOD_ROUND, jobs, submitted: [submitted('one', 0), submitted('two', 3, kind)] };
    return violationsOf({ ...facts, logs: new Map([...logs, ['j2-1', cut]]) }).map(({ what }) => what);
  };
  const told = ['two attempt 1 has a log that is not what was printed (3 of 4 bytes, 1 gaps)'];
  expect(at('loud', 'crash-eastus')).toEqual([]);
  expect(at('loud', 'crash-cluster')).toEqual(told);
  expect(at('short', 'crash-eastus')).toEqual(told);
});

function gapAt(at: number): LogFacts['gaps'][number] {
  return { at, kind: 'missing', why: 'too late' };
}
