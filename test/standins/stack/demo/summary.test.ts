import { newProgress, withJob } from '../../../../standins/stack/demo/job-progress';
import { paintFor } from '../../../../standins/stack/demo/paint';
import { renderCounts, renderSummary } from '../../../../standins/stack/demo/summary';
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

test('the summary has a column for each job and a row for each fact', () => {
  const finished = {
    progress: withJob(newProgress('training', 'queue', '1 × V100'), job),
    job,
    logBlobs: [{ path: 'job-logs/j/1/job.0.log', bytes: 1234 }],
  };
  expect(renderSummary([finished, finished], ledger, paintFor(false)).split('\n')).toEqual([
    '                   training               training',
    '─'.repeat(62),
    'job                j0000000000000000001   j0000000000000000001',
    'submitted by       queue                  queue',
    'state              Succeeded              Succeeded',
    'exit code          0                      0',
    'GPU                1 × V100               1 × V100',
    'placement          local-eastus           local-eastus',
    'Queued             0.06 s                 0.06 s',
    'Provisioning       0.70 s                 0.70 s',
    'Pulling            0.94 s                 0.94 s',
    'Running            4.2 s                  4.2 s',
    'Archiving          0.10 s                 0.10 s',
    'group gone after   0.75 s                 0.75 s',
    'log archived       1,234 bytes            1,234 bytes',
    '',
    'log job-logs/j/1/job.0.log',
    'log job-logs/j/1/job.0.log',
  ]);
});

test('the counts name the groups that are left', () => {
  expect(renderCounts(ledger, [])).toBe(
    '1 creates sent, 1 programs started, 1 groups made, no container group left',
  );
  expect(renderCounts(ledger, ['one', 'two'])).toContain('container groups left: one, two');
});
