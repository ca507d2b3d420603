import { ACI_TRAITS } from '../../backends/aci/traits';
import { paceReport } from '../../backends/arm/pace-report';
import { createPace, type Pace } from '../../domain/placement/pace';

const HEADERS = {
  reads: 'x-ms-ratelimit-remaining-subscription-reads',
  writes: 'x-ms-ratelimit-remaining-subscription-writes',
  hour: 'x-ms-ratelimit-remaining-subscription-resource-requests-pt1h',
  fiveMinutes: 'x-ms-ratelimit-remaining-subscription-resource-requests-pt5m',
};

function headers(of: Readonly<Record<string, string>>): { get(name: string): string | undefined } {
  return { get: (name) => of[name] };
}

describe('the headers of an answer', () => {
  test('say nothing when there are none', () => {
    expect(paceReport('read', 200, headers({}))).toEqual({ kind: 'read', throttled: false });
  });

  test('tell the least that is left of any window of that kind', () => {
    const left = headers({
      [HEADERS.writes]: '190',
      [HEADERS.hour]: '120',
      [HEADERS.fiveMinutes]: '7',
      [HEADERS.reads]: '1',
    });
    expect(paceReport('create', 201, left)).toEqual({ kind: 'create', throttled: false, remaining: 7 });
    expect(paceReport('read', 200, left)).toEqual({ kind: 'read', throttled: false, remaining: 1 });
    expect(paceReport('delete', 200, left)).toMatchObject({ remaining: 7 });
  });

  test.each([
    ['17', 17_000],
    ['Thu, 01 Jan 2026 00:02:00 GMT', 60_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['soon', undefined],
    [undefined, undefined],
  ])('tell of a 429 how long to wait: Retry-After %s is %s ms', (value, ms) => {
    const answer = headers({
      date: 'Thu, 01 Jan 2026 00:01:00 GMT',
      ...(value === undefined ? {} : { 'retry-after': value }),
    });
    expect(paceReport('create', 429, answer)).toEqual({
      kind: 'create',
      throttled: true,
      ...(ms === undefined ? {} : { retryAfterMs: ms }),
    });
  });

  test('mean a poll, not a refusal, with a Retry-After of any other answer', () => {
    expect(paceReport('create', 201, headers({ 'retry-after': '15' }))).toEqual({
      kind: 'create',
      throttled: false,
    });
  });
});

describe('the pace', () => {
  let now: number;
  let wallSetBy: number;
  let pace: Pace;
  beforeEach(() => {
    now = 1_000_000;
    wallSetBy = 0;
    pace = createPace({ now: () => now + wallSetBy, monotonic: () => now }, () => ACI_TRAITS.requests);
  });

  test('is free until an answer says otherwise', () => {
    expect(pace.createPause('eastus')).toBeUndefined();
    expect(pace.leastPollMs('eastus')).toBe(0);
  });

  test('pauses creating for as long as a refused create asks, in that placement only', () => {
    pace.onPace('eastus', { kind: 'create', throttled: true, retryAfterMs: 240_000 });
    expect(pace.createPause('eastus')).toEqual({ until: now + 240_000, why: 'throttled' });
    expect(pace.createPause('westus2')).toBeUndefined();
    now += 240_000;
    expect(pace.createPause('eastus')).toBeUndefined();
  });

  test('keeps the longer of two pauses', () => {
    pace.onPace('eastus', { kind: 'create', throttled: true, retryAfterMs: 240_000 });
    pace.onPace('eastus', { kind: 'create', throttled: true, retryAfterMs: 1_000 });
    expect(pace.createPause('eastus')?.until).toBe(now + 240_000);
  });

  test('pauses creating when no creates are left, or when a delete was refused: each create leads to a delete', () => {
    pace.onPace('eastus', { kind: 'create', throttled: false, remaining: 0 });
    expect(pace.createPause('eastus')).toMatchObject({ why: 'none-left' });
    pace.onPace('westus2', { kind: 'delete', throttled: true, retryAfterMs: 60_000 });
    expect(pace.createPause('westus2')).toEqual({ until: now + 60_000, why: 'throttled' });
  });

  test('pauses nothing for a delete that was the last of its window, or for creates that are left', () => {
    pace.onPace('eastus', { kind: 'delete', throttled: false, remaining: 0 });
    pace.onPace('eastus', { kind: 'create', throttled: false, remaining: 1 });
    expect(pace.createPause('eastus')).toBeUndefined();
  });

  test('slows polling when reads run short, the more the fewer are left, and soon forgets it', () => {
    const least = (remaining: number): number => {
      pace.onPace('eastus', { kind: 'read', throttled: false, remaining });
      return pace.leastPollMs('eastus');
    };
    expect([least(250), least(100), least(50), least(0)]).toEqual([0, 0, 5_000, 10_000]);
    now += 10_000;
    expect(pace.leastPollMs('eastus')).toBe(0);
  });

  test('stops polling for as long as a refused read asks, a minute at most', () => {
    pace.onPace('eastus', { kind: 'read', throttled: true, retryAfterMs: 17_000 });
    expect(pace.leastPollMs('eastus')).toBe(17_000);
    now += 16_000;
    expect(pace.leastPollMs('eastus')).toBe(1_000);
    pace.onPace('eastus', { kind: 'read', throttled: true, retryAfterMs: 3_600_000 });
    expect(pace.leastPollMs('eastus')).toBe(60_000);
    expect(pace.createPause('eastus')).toBeUndefined();
  });

  test.each([-3_600_000, 3_600_000])('of polling is the same when the wall clock is set by %d ms', (by) => {
    pace.onPace('eastus', { kind: 'read', throttled: true, retryAfterMs: 17_000 });
    pace.onPace('eastus', { kind: 'read', throttled: false, remaining: 0 });
    wallSetBy = by;
    expect(pace.leastPollMs('eastus')).toBe(17_000);
    now += 17_000;
    expect(pace.leastPollMs('eastus')).toBe(0);
  });

  test('slows no look for a count that the platform does not tell of', () => {
    pace = createPace({ now: () => now, monotonic: () => now }, () => ({ perLook: 3, perS: 15 }));
    pace.onPace('eastus', { kind: 'read', throttled: false, remaining: 0 });
    expect(pace.leastPollMs('eastus')).toBe(0);
  });
});
