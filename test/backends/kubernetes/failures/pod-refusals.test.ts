import { isQuotaTooSmall } from '../../../../backends/kubernetes/failures/pod-refusals';

const exceeded = (amounts: string): string =>
  `Error creating: pods "job-x" is forbidden: exceeded quota: q, ${amounts}`;

describe('a quota that a pod exceeds', () => {
  test.each([
    ['requested: pods=1, used: pods=1, limited: pods=1', false],
    ['requested: limits.memory=1500M, used: limits.memory=1500M, limited: limits.memory=2G', false],
    ['requested: limits.cpu=500m,pods=1, used: limits.cpu=1,pods=0, limited: limits.cpu=1,pods=5', false],
    [
      'requested: requests.nvidia.com/gpu=2, used: requests.nvidia.com/gpu=0, limited: requests.nvidia.com/gpu=1',
      true,
    ],
    ['requested: limits.memory=3G, used: limits.memory=0, limited: limits.memory=2Gi', true],
    ['requested: limits.cpu=500m,pods=1, used: limits.cpu=0,pods=0, limited: limits.cpu=250m,pods=5', true],
  ])('%s: is too small for it alone: %s', (amounts, isTooSmall) => {
    expect(isQuotaTooSmall(exceeded(amounts))).toBe(isTooSmall);
    expect(isQuotaTooSmall(`${exceeded(amounts)}.`)).toBe(isTooSmall);
  });
});
