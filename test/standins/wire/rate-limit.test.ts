// Both limiters under a clock that the test holds.
import fc from 'fast-check';

import { createFixedWindow, createTokenBucket } from '../../../standins/wire/rate-limit';

function testClock(): { now: () => number; monotonic: () => number; pass: (ms: number) => void } {
  let ms = 0;
  return { now: () => ms, monotonic: () => ms, pass: (more) => (ms += more) };
}

it('a bucket lets its size pass at once, and then as much as it refills', () => {
  const clock = testClock();
  const bucket = createTokenBucket(clock, 2, 1);
  expect([bucket.take('a'), bucket.take('a')]).toMatchObject([{ remaining: 1 }, { remaining: 0 }]);
  expect(bucket.take('a')).toEqual({ passed: false, remaining: 0, retryAfterSeconds: 1 });
  expect(bucket.take('b').passed).toBe(true);
  clock.pass(1_000);
  expect([bucket.take('a').passed, bucket.take('a').passed]).toEqual([true, false]);
});

it('a window counts from its first request', () => {
  const clock = testClock();
  const window = createFixedWindow(clock, 1, 300);
  expect(window.take('a').passed).toBe(true);
  clock.pass(100_000);
  expect(window.take('a')).toEqual({ passed: false, remaining: 0, retryAfterSeconds: 200 });
  clock.pass(200_000);
  expect(window.take('a').passed).toBe(true);
});

it('a client that waits as long as told may pass', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(2_000)), fc.boolean(), (pauses, bucket) => {
      const clock = testClock();
      const limiter = bucket ? createTokenBucket(clock, 3, 0.7) : createFixedWindow(clock, 3, 5);
      for (const pause of pauses) {
        clock.pass(pause);
        const admission = limiter.take('a');
        if (admission.passed) continue;
        clock.pass(admission.retryAfterSeconds * 1_000);
        expect(limiter.take('a').passed).toBe(true);
      }
    }),
  );
});
