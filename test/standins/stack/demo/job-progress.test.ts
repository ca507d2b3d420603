import {
  isDone,
  newProgress,
  timesInStates,
  withJob,
  withLog,
} from '../../../../standins/stack/demo/job-progress';
import { after, exampleAttempt, exampleJob, SUBMITTED_AT } from './example-job';

const progress = newProgress('training', 'queue', '1 × V100');

describe('the log of a followed job', () => {
  test('keeps an unfinished line apart until its end comes', () => {
    const first = withLog(progress, 7, 'one\ntwo');
    expect(first.logLines).toEqual(['one']);
    const second = withLog(first, 5, '!\nthr');
    expect(second.logLines).toEqual(['one', 'two!']);
    expect(second.unfinishedLine).toBe('thr');
    expect(second.logBytes).toBe(12);
  });

  test('shows of a line that was overwritten by carriage returns the last text', () => {
    expect(withLog(progress, 1, '10%\r50%\r100%\nplain\r\n').logLines).toEqual(['100%', 'plain']);
  });
});

describe('a followed job is done', () => {
  const over = exampleJob({ state: 'Succeeded', outcome: 'Succeeded' });
  const gone = exampleAttempt({ cleanup: 'gone' });

  test.each([
    ['not before it was found', progress, false],
    ['not before its outcome', withJob(progress, exampleJob({ attempts: [gone] })), false],
    [
      'not before its group is gone',
      withJob(progress, { ...over, attempts: [exampleAttempt({ cleanup: 'requested' })] }),
      false,
    ],
    [
      'not before its log was read to the end',
      withJob(progress, { ...over, attempts: [exampleAttempt({ cleanup: 'gone', logBytes: 1 })] }),
      false,
    ],
    ['once over and gone', withJob(progress, { ...over, attempts: [gone] }), true],
    ['once over without ever having had a group', withJob(progress, over), true],
  ])('%s', (_, followed, done) => {
    expect(isDone(followed)).toBe(done);
  });
});

describe('times in states', () => {
  test('run from each phase to the next, the current one until now', () => {
    const attempt = exampleAttempt({ phases: { provisioning: after(100), pulling: after(800) } });
    expect(timesInStates(exampleJob({ attempts: [attempt] }), SUBMITTED_AT + 1000)).toEqual([
      { state: 'Queued', ms: 100, current: false },
      { state: 'Provisioning', ms: 700, current: false },
      { state: 'Pulling', ms: 200, current: true },
    ]);
  });

  test('end with the job', () => {
    const attempt = exampleAttempt({ phases: { running: after(500), archiving: after(5500) } });
    const job = exampleJob({ attempts: [attempt], outcome: 'Succeeded', endedAt: after(5600) });
    expect(timesInStates(job, SUBMITTED_AT + 60_000)).toEqual([
      { state: 'Queued', ms: 500, current: false },
      { state: 'Running', ms: 5000, current: false },
      { state: 'Archiving', ms: 100, current: false },
    ]);
  });
});
