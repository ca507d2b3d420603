import { newProgress, withJob } from '../../../../standins/stack/demo/job-progress';
import { paintFor } from '../../../../standins/stack/demo/paint';
import { renderCounts, renderSummary } from '../../../../standins/stack/demo/summary';
import { traceOfDefinition, traceOfGroup, traceOfJob } from '../../../../standins/stack/trace';
import { after, exampleAttempt, exampleJob } from './example-job';

const job = exampleJob({
  state: 'Succeeded',
  outcome: 'Succeeded',
  exitCode: 0,
  cleanup: 'gone',
  endedAt: after(6000),
  attempts: [
    exampleAttempt({
      cleanup: 'gone',
      phases: { provisioning: after(60), pulling: after(760), running: after(1700), archiving: after(5900) },
    }),
  ],
});
const group = `${job.id}-1`;
const ledger = {
  puts: [{ at: 1, resourceGroup: 'gpu-jobs', group, bodySha256: '', status: 201 }],
  programs: [
    {
      group,
      resourceGroup: 'gpu-jobs',
      container: 'job',
      startedAt: 2000,
      endedAt: 5000,
      exitCode: 0,
      bytes: 1234,
      sha256: '',
      kept: true,
    },
  ],
  groups: [{ resourceGroup: 'gpu-jobs', group, createdAt: 1, goneAt: 5750 }],
  deletes: [],
  requests: {},
};

const program = {
  ...{ namespace: 'gpu-jobs', pod: `${group}-abcde`, podUid: 'p', job: group, container: 'main' },
  ...{ startedAt: 2000, endedAt: 4000, exitCode: 0, bytes: 1234, sha256: '', kept: true, gone: 0 },
};
const madeAndGone = { namespace: 'gpu-jobs', uid: 'u', createdAt: 1 };
const clusterLedger = {
  programs: [program],
  objects: [
    { ...madeAndGone, resource: 'secrets', name: group, goneAt: 5000 },
    { ...madeAndGone, resource: 'jobs.batch', name: group, goneAt: 5500 },
    { ...madeAndGone, resource: 'pods', name: `${group}-abcde`, goneAt: 5400 },
    { ...madeAndGone, resource: 'jobs.batch', name: `${group}0` },
  ],
};

test('the summary has a column for each job and a row for each fact', () => {
  const finished = {
    progress: withJob(newProgress('training', 'queue', '1 × V100'), job),
    job,
    logBlobs: [{ path: 'job-logs/j/1/job.0.log', bytes: 1234 }],
  };
  const onInstances = { ...finished, trace: traceOfGroup(ledger, group) };
  const attempts = job.attempts.map((attempt) => ({ ...attempt, gpu: { count: 1, sku: 'T4' } }));
  const onCluster = { ...finished, job: { ...job, attempts }, trace: traceOfJob(clusterLedger, group) };
  expect(renderSummary([onInstances, onCluster], paintFor(false)).split('\n')).toEqual([
    '               training               training',
    '─'.repeat(58),
    'job            j0000000000000000001   j0000000000000000001',
    'submitted by   queue                  queue',
    'state          Succeeded              Succeeded',
    'exit code      0                      0',
    'asked for      1 × V100               1 × V100',
    'GPU            –                      1 × T4',
    'placement      local-eastus           local-eastus',
    'Queued         0.06 s                 0.06 s',
    'Provisioning   0.70 s                 0.70 s',
    'Pulling        0.94 s                 0.94 s',
    'Running        4.2 s                  4.2 s',
    'Archiving      0.10 s                 0.10 s',
    'gone after     0.75 s                 1.5 s',
    'log archived   1,234 bytes            1,234 bytes',
    '',
    'log job-logs/j/1/job.0.log',
    'log job-logs/j/1/job.0.log',
  ]);
});

const appsLedger = {
  puts: [],
  starts: [{ at: 1, job: group, status: 200 }],
  deletes: [],
  executions: [],
  programs: [
    { ...{ job: group, execution: 'e', replica: 'r', container: 'program', startedAt: 2000, endedAt: 4000 } },
  ].map((one) => ({ ...one, bytes: 1234, sha256: '', kept: true })),
  jobs: [{ job: group, createdAt: 1, goneAt: 5000 }],
  requests: {},
};

test('the counts have a line for each platform, and name what is left there', () => {
  const platforms = {
    instances: { ledger, left: [] },
    cluster: { ledger: clusterLedger, left: ['jobs/one', 'pods/two'] },
    apps: { ledger: appsLedger, left: [] },
  };
  expect(renderCounts(platforms)).toEqual([
    'On Container Apps: definitions 1, starts 1, programs started 1, no definition left',
    'On the cluster: Jobs 2, pods 1, programs started 1, left: jobs/one, pods/two',
    'On container instances: creates 1, groups 1, programs started 1, no container group left',
  ]);
  expect(traceOfDefinition(appsLedger, group)).toMatchObject({ creates: 1, programs: [{}], goneAt: 5000 });
});

test('the summary tells why the placements before did not take a job', () => {
  const passedOver = [
    { placement: 'local-container-apps', why: 'offers no 2 × K80' },
    { placement: 'local-westeurope', why: 'offers nothing' },
  ];
  const refused = { ...job, passedOver };
  const finished = {
    progress: withJob(newProgress('training', 'queue', '2 × K80'), refused),
    ...{ job: refused, logBlobs: [], trace: traceOfGroup(ledger, group) },
  };
  expect(renderSummary([finished], paintFor(false)).split('\n').slice(-2)).toEqual([
    '',
    'training: local-container-apps was passed over: it offers no 2 × K80',
  ]);
});

test('a workload of which anything is left has no end', () => {
  const objects = [...clusterLedger.objects, { ...madeAndGone, resource: 'pods', name: `${group}-fghij` }];
  expect(traceOfJob({ ...clusterLedger, objects }, group)).toMatchObject({ creates: 1, goneAt: undefined });
  expect(traceOfJob(clusterLedger, 'never-made')).toEqual({ creates: 0, programs: [], goneAt: undefined });
});
