// A story's promise: renewed in time, seldom enough, and as long as the settings say.
import { readSettings } from '../../../app/settings';
import { admittedAttempt, type AttemptRow } from '../../../domain/attempt/attempt';
import { DEFAULT_TIMES } from '../../../domain/attempt/protocol-times';
import { takeover } from '../../../domain/sweep/take-over';
import { promiseLapses, withPromise } from '../../../jobs/attempt/story-promise';

const NOW = 1_000_000;
const TIMES = { storyPromiseS: 10 };
const row: AttemptRow = admittedAttempt({
  jobId: 'j',
  number: 1,
  placement: 'p',
  facts: { kind: 'any', region: undefined },
  now: NOW,
  promiseMs: 10_000,
});

test('a story that looks again in 2 s promises that and the time of the settings', () => {
  expect(withPromise(row, NOW, 2_000, TIMES)).toEqual({ ...row, heartbeat: NOW, nextBy: NOW + 12_000 });
});

test('a promise is renewed while two fifths of the time are still left at the next look', () => {
  const promised = withPromise(row, NOW, 0, TIMES);
  expect(promiseLapses(promised, NOW + 5_000, 1_000, TIMES)).toBe(false);
  expect(promiseLapses(promised, NOW + 5_001, 1_000, TIMES)).toBe(true);
});

test('a running story is taken over once its promise has lapsed and not before', () => {
  const promised = withPromise(row, NOW, 2_000, TIMES);
  expect(takeover(promised, 'running', NOW + 12_000)).toBe('leave');
  expect(takeover(promised, 'running', NOW + 12_001)).toBe('take-over');
});

test('the time is five minutes unless GPU_JOBS_STORY_PROMISE_S says otherwise', () => {
  const placements = [
    {
      name: 'p',
      backend: 'aci',
      subscriptionId: 's',
      resourceGroup: 'g',
      region: 'eastus',
      gpus: [],
      limits: {
        workloads: 1,
        creates: [
          { per: 300, most: 1 },
          { per: 3600, most: 1 },
        ],
      },
    },
  ];
  const settings = { GPU_JOBS_PLACEMENTS: JSON.stringify(placements) };
  expect(readSettings(settings).times).toEqual(DEFAULT_TIMES);
  expect(DEFAULT_TIMES.storyPromiseS).toBe(300);
  expect(readSettings({ ...settings, GPU_JOBS_STORY_PROMISE_S: '3' }).times.storyPromiseS).toBe(3);
});
