import { createUnconfiguredBackend } from '../../../backends/unconfigured-backend';
import type { StandingCost } from '../../../domain/money/standing-cost';
import type { ComputeBackend } from '../../../domain/ports/compute-backend';
import { createStandingReadings, type StandingReadings } from '../../../jobs/placement/standing-readings';

const IDLE: StandingCost = { what: 'node a is idle', perHour: 0.5, todo: 'Let it go.' };
const NEVER = new Promise<never>(() => undefined);

function scene(
  standing: ComputeBackend['standing'],
  pause: () => Promise<void> = () => NEVER,
): { readonly readings: StandingReadings; readonly passes: (ms: number) => void } {
  let now = 0;
  const clock = { now: () => now, monotonic: () => now };
  const backend: ComputeBackend = { ...createUnconfiguredBackend('here'), ...(standing && { standing }) };
  return {
    readings: createStandingReadings({ clock, backendOf: () => backend, pause }),
    passes: (ms) => (now += ms),
  };
}

test('a reading serves everybody for two minutes, then it is read again', async () => {
  let reads = 0;
  const { readings, passes } = scene(() => Promise.resolve([{ ...IDLE, perHour: (reads += 1) }]));
  const perHour = async (): Promise<unknown> => (await readings.current('here'))?.map((cost) => cost.perHour);
  expect(await Promise.all([perHour(), perHour()])).toEqual([[1], [1]]);
  passes(120_000);
  expect(await perHour()).toEqual([1]);
  passes(1);
  expect(await perHour()).toEqual([2]);
});

test.each([
  ['has no such costs', undefined],
  ['may not look', () => Promise.resolve(undefined)],
  ['gives no answer', () => Promise.reject(new Error('503'))],
])('what is not known is told as that, where the platform %s', async (_why, standing) => {
  expect(await scene(standing).readings.current('here')).toBeUndefined();
});

test('a slow platform keeps nobody waiting, and what was known until then is told', async () => {
  let isSlow = false;
  let waits: Promise<void> = NEVER;
  const { readings, passes } = scene(
    () => (isSlow ? NEVER : Promise.resolve([IDLE])),
    () => waits,
  );
  expect(await readings.current('here')).toEqual([IDLE]);
  passes(200_000);
  isSlow = true;
  waits = Promise.resolve();
  expect(await readings.current('here')).toEqual([IDLE]);
});
