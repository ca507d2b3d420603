import { inPlainNode } from '../support/plain-node';
import { type ThousandJobs, thousandJobsSchema } from './thousand-jobs';

/** Generous, because the machine may be busy with other tests. A quiet machine takes seconds. */
const LIMIT_MS = 300_000;

describe('a thousand jobs against a region of 100 groups, 100 creations in 5 minutes and 300 an hour', () => {
  let result: ThousandJobs;
  beforeAll(async () => {
    result = await inPlainNode({
      module: 'test/admission/thousand-jobs.ts',
      name: 'runThousandJobs',
      argument: { jobs: 1_000, seed: 1 },
      answer: thousandJobsSchema,
      limitMs: LIMIT_MS,
    });
    process.stderr.write(`a thousand jobs: ${result.seconds.toFixed(1)} s
`);
  }, LIMIT_MS);

  test('every job comes and goes, and both windows of creates are used up on the way', () => {
    expect([result.created, result.gone, result.groupsLeft]).toEqual([1_000, 1_000, 0]);
    expect(result.windowsUsedUp.fiveMinutes).toBeGreaterThan(0);
    expect(result.windowsUsedUp.hour).toBeGreaterThan(0);
    expect(result.logged).toEqual([]);
  });

  test('first in, first out', () => {
    expect(result.overtaken).toEqual([]);
  });

  test('a free place, a create left and an eligible job never wait together for more than 2 s', () => {
    expect(result.longestIdleMs).toBeLessThanOrEqual(2_000);
  });

  test('at most one request in a thousand is refused for coming too soon', () => {
    const all = Object.values(result.answers).reduce((sum, count) => sum + count, 0);
    const refused = Object.entries(result.answers).filter(([answer]) => answer.endsWith('429'));
    expect(all).toBeGreaterThan(100_000);
    expect(refused.reduce((sum, [, count]) => sum + count, 0)).toBeLessThanOrEqual(all / 1_000);
  });

  test('no create is refused, and a platform whose windows slide would refuse none', () => {
    expect(result.answers['PUT 201']).toBe(1_000);
    expect(result.most.createdIn5Minutes).toBeLessThanOrEqual(100);
    expect(result.most.createdInAnHour).toBeLessThanOrEqual(300);
  });

  test('no removal fails for want of quota, and none would on a platform whose windows slide', () => {
    expect(result.answers['DELETE 200']).toBe(1_000);
    expect(result.answers['DELETE 429']).toBeUndefined();
    expect(result.most.deletedIn5Minutes).toBeLessThanOrEqual(100);
    expect(result.most.deletedInAnHour).toBeLessThanOrEqual(300);
  });
});
