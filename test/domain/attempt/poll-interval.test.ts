import { pollIntervalMs } from '../../../domain/attempt/poll-interval';

const held = (heldPlaces: number) => ({ heldPlaces, requests: { perLook: 2, perS: 15 } });

function interval(over: Partial<Parameters<typeof pollIntervalMs>[0]>): number {
  return pollIntervalMs({ inStateMs: 0, floorMs: 2_000, budget: held(1), ...over });
}

describe('the time until the next look', () => {
  test.each([
    [0, 2_000],
    [100_000, 2_000],
    [200_000, 4_000],
    [3_000_000, 60_000],
    [86_400_000, 60_000],
  ])('after %i ms in a state is %i ms: 2 %% of it, at least the floor, at most a minute', (inStateMs, ms) => {
    expect(interval({ inStateMs })).toBe(ms);
  });

  test('is shorter where the log is kept for less, down to the floor', () => {
    expect(interval({ inStateMs: 3_000_000, keptMs: 12_345 })).toBe(12_345);
    expect(interval({ inStateMs: 3_000_000, keptMs: 1 })).toBe(2_000);
    expect(interval({ inStateMs: 200_000, keptMs: 12_345 })).toBe(4_000);
    expect(interval({ inStateMs: 3_000_000, keptMs: 1, budget: held(75) })).toBe(10_000);
  });

  test('keeps all held places together at two reads a poll within 15 reads a second', () => {
    expect(interval({ budget: held(15) })).toBe(2_000);
    expect(interval({ budget: held(75) })).toBe(10_000);
    expect(interval({ budget: held(600), inStateMs: 86_400_000 })).toBe(80_000);
  });

  test('takes the budget of the platform at hand: three reads a look, ten a second', () => {
    const budget = { heldPlaces: 100, requests: { perLook: 3, perS: 10 } };
    expect(interval({ budget })).toBe(30_000);
  });
});
