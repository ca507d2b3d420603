import {
  attemptOfName,
  instanceId,
  JOB_ID,
  jobIdFor,
  waitingKey,
  workloadName,
} from '../../../domain/job/names';
import { NEW_YEAR, testJobId } from '../../support/rows';

describe('a job id', () => {
  test.each([
    // Computed apart: j and the first 19 base-36 digits of SHA-256(owner NUL key).
    ['owner', 'key', 'j4qot6y6rqasene6zbe3'],
    ['owner1', 'nightly', 'j0dkgbj60qal1lsrsbh2'],
    ['', '', 'j2qvpysszz2etc94ikev'],
  ])('derives from owner "%s" and key "%s" as %s', (owner, key, id) => {
    expect(jobIdFor(owner, key)).toBe(id);
    expect(id).toMatch(JOB_ID);
  });

  test('differs by owner and by key', () => {
    expect(new Set([jobIdFor('a', 'b'), jobIdFor('a', 'c'), jobIdFor('b', 'b')]).size).toBe(3);
  });

  test('has at most 20 characters of a-z and 0-9, so that every backend takes names made of it', () => {
    for (let n = 0; n < 200; n += 1) expect(jobIdFor('owner', `key ${n}`)).toMatch(/^j[0-9a-z]{19}$/);
  });
});

describe('names made of a job id', () => {
  const jobId = testJobId(7);

  test('name a workload by job and attempt, an orchestration by its epoch too', () => {
    expect(workloadName(jobId, 2)).toBe(`${jobId}-2`);
    expect(instanceId({ jobId, attempt: 2, epoch: 3 })).toBe(`${jobId}-2-3`);
  });

  test('keep to the 31 characters of Container Apps, and to those it allows, up to the last number that is read', () => {
    const longest = workloadName(jobIdFor('owner', 'key'), 9_999);
    expect(attemptOfName(longest)).toBeDefined();
    expect(longest.length).toBeLessThanOrEqual(31);
    expect(longest).toMatch(/^[a-z](?:[a-z0-9]|-(?!-))*[a-z0-9]$/);
  });

  test('let waiting keys sort by the time before which the job may not be admitted', () => {
    const keys = [waitingKey(NEW_YEAR, jobId, 1), waitingKey(999, jobId, 1), waitingKey(10_000, jobId, 1)];
    expect(keys.toSorted()).toEqual([keys[1], keys[2], keys[0]]);
    expect(keys[1]).toBe(`00000000000999-${jobId}-1`);
  });

  test('are taken apart again', () => {
    expect(attemptOfName(workloadName(jobId, 12))).toEqual({ jobId, attempt: 12 });
    expect(attemptOfName(waitingKey(NEW_YEAR, jobId, 3))).toEqual({ jobId, attempt: 3 });
  });

  test.each(['', 'somebody-else', jobId, `${jobId}-`, `x${jobId}-1`, `${jobId}-1-2`])(
    'are distinct from other names: "%s"',
    (name) => {
      expect(attemptOfName(name)).toBeUndefined();
    },
  );
});
