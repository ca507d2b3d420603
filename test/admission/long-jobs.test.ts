import { inPlainNode } from '../support/plain-node';
import { type LongJobs, longJobsSchema } from './long-jobs';

/** Generous, because the machine may be busy with other tests. A quiet machine takes seconds. */
const LIMIT_MS = 300_000;

const JOBS = 4;

// `npm run weeks` does the same with twenty jobs of seven days.
describe('long jobs through the real story in virtual time', () => {
  let result: LongJobs;
  beforeAll(async () => {
    result = await inPlainNode({
      module: 'test/admission/long-jobs.ts',
      name: 'runLongJobs',
      argument: { jobs: JOBS, hours: 6 },
      answer: longJobsSchema,
      limitMs: LIMIT_MS,
    });
    process.stderr.write(`long jobs: ${result.seconds.toFixed(1)} s
`);
  }, LIMIT_MS);

  test('all succeed at their first attempt, and nothing of them is left', () => {
    expect(result.outcomes).toEqual(Array(JOBS).fill('Succeeded 0 1 gone'));
    expect([result.groupsLeft, result.placesLeft]).toEqual([0, 0]);
    expect([result.failures, result.logged]).toEqual([[], []]);
  });

  test('their logs are archived as they were printed', () => {
    expect(result.logsAreWhole).toEqual(Array(JOBS).fill(true));
  });

  test('each is created once, and no request is one too many', () => {
    expect(result.answers['PUT 201']).toBe(JOBS);
    expect(Object.keys(result.answers).filter((answer) => answer.endsWith('429'))).toEqual([]);
  });

  test('an end is noticed within a poll, after hours in one state too', () => {
    expect(result.longestNoticeMs).toBeLessThanOrEqual(90_000);
  });

  test('what a replay reads stays small', () => {
    expect(result.longestTrigger).toBeLessThan(100_000);
  });
});
