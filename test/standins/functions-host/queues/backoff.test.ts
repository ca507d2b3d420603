import { createBackoff } from '../../../../standins/functions-host/queues/backoff';

const pauses = (random: number, count: number): number[] => {
  const backoff = createBackoff(100, 2_000, () => random);
  return Array.from({ length: count }, () => backoff.next(false));
};

test('the pause grows from the minimum by doubling steps until it stays at the maximum', () => {
  expect(pauses(0.5, 7)).toEqual([100, 200, 300, 500, 900, 1_700, 2_000]);
});

test('each step varies by a fifth either way', () => {
  expect(pauses(0, 3)[2]).toBeCloseTo(260);
  expect(pauses(0.999999, 3)[2]).toBeCloseTo(340, 2);
});

test('a message found brings it back to the minimum', () => {
  const backoff = createBackoff(100, 2_000, () => 0.5);
  for (let look = 0; look < 10; look++) backoff.next(false);
  expect([backoff.next(true), backoff.next(false), backoff.next(false)]).toEqual([100, 200, 300]);
});

test('with the maximum at the minimum it is always that', () => {
  const backoff = createBackoff(100, 100, () => 0.5);
  expect([backoff.next(false), backoff.next(true), backoff.next(false)]).toEqual([100, 100, 100]);
});
