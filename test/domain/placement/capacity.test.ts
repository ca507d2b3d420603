import { DEFAULT_TIMES } from '../../../domain/attempt/protocol-times';
import { reason } from '../../../domain/job/failure-reason';
import {
  afterNews,
  type CapacityNews,
  capacityNews,
  capacityStanding,
  probedBy,
  withProbe,
} from '../../../domain/placement/capacity';
import { mayProbe } from '../../../domain/placement/may-probe';
import type { PlacementRow } from '../../../domain/ports/placement-store';
import { attemptRow, jobRow, NEW_YEAR } from '../../support/rows';

const MINUTE = 60_000;
const EMPTY: PlacementRow = { placement: 'eastus', holders: {}, recentCreations: [] };
const LACKING: CapacityNews = { kind: 'lacking', resource: 'V100', why: 'capacity' };
const HAD: CapacityNews = { kind: 'had', resource: 'V100' };

const holding = (row: PlacementRow, ...names: string[]): PlacementRow => ({
  ...row,
  holders: Object.fromEntries(names.map((name) => [name, { cores: 1, since: NEW_YEAR }])),
});
const after = (row: PlacementRow, name: string, news: CapacityNews, now = NEW_YEAR): PlacementRow =>
  afterNews(row, name, news, now, DEFAULT_TIMES);

describe('a SKU that could not be had', () => {
  const shut = after(EMPTY, 'a-1', LACKING);

  test('is closed to every job for a minute, then open to one; other SKUs stay open', () => {
    expect(capacityStanding(shut, 'V100', NEW_YEAR)).toEqual({ kind: 'shut', until: NEW_YEAR + MINUTE });
    expect(capacityStanding(shut, 'V100', NEW_YEAR + MINUTE)).toEqual({ kind: 'due' });
    expect(capacityStanding(shut, 'P100', NEW_YEAR)).toEqual({ kind: 'open' });
  });

  test('is shut while one tries, and no longer than its name holds a place', () => {
    const probing = withProbe(holding(shut, 'b-1'), 'V100', 'b-1');
    const late = NEW_YEAR + 100 * MINUTE;
    expect(capacityStanding(probing, 'V100', late)).toEqual({ kind: 'shut', until: undefined });
    expect(probedBy(probing, 'b-1')).toBe('V100');
    expect(capacityStanding(holding(probing), 'V100', late)).toEqual({ kind: 'due' });
  });

  test('is tried again after 1, 2, 4, 8, 16 minutes, then every 30', () => {
    let row = shut;
    const waits = [1, 2, 3, 4, 5, 6, 7].map((n) => {
      const until = row.shut?.['V100']?.until ?? 0;
      row = after(withProbe(row, 'V100', `b-${n}`), `b-${n}`, LACKING, until);
      return ((row.shut?.['V100']?.until ?? 0) - until) / MINUTE;
    });
    expect(waits).toEqual([2, 4, 8, 16, 30, 30, 30]);
    expect(row.shut?.['V100']).toMatchObject({ since: NEW_YEAR, refusals: 8 });
  });

  test('is not shut for longer by jobs that were admitted before, however often they tell', () => {
    expect(after(shut, 'c-1', LACKING, NEW_YEAR + 5_000)).toBe(shut);
    expect(after(shut, 'a-1', LACKING, NEW_YEAR + 5_000)).toBe(shut);
  });

  test('is open to all when the one that tries gets it, and to none when another does', () => {
    const probing = withProbe(holding(shut, 'b-1'), 'V100', 'b-1');
    expect(after(probing, 'b-1', HAD).shut).toBeUndefined();
    expect(after(probing, 'c-1', HAD)).toBe(probing);
  });

  test('opens on a mere acceptance only where a quota was in the way', () => {
    const accepted: CapacityNews = { kind: 'accepted', resource: 'V100' };
    const probing = withProbe(shut, 'V100', 'b-1');
    expect(after(probing, 'b-1', accepted)).toBe(probing);
    const quota = withProbe(after(EMPTY, 'a-1', { ...LACKING, why: 'quota' }), 'V100', 'b-1');
    expect(after(quota, 'b-1', accepted).shut).toBeUndefined();
  });

  test('leaves what else is shut as it is', () => {
    const both = after(shut, 'a-2', { ...LACKING, resource: 'cpu' });
    const opened = after(withProbe(both, 'V100', 'b-1'), 'b-1', HAD);
    expect(Object.keys(opened.shut ?? {})).toEqual(['cpu']);
  });
});

describe('what an attempt shows of the capacity', () => {
  const gpu = { count: 1, sku: 'V100' };
  const failed = (code: Parameters<typeof reason>[0]): Parameters<typeof attemptRow>[0] => ({
    gpu,
    verdict: { kind: 'failed', reason: reason(code, 'because') },
  });

  test.each([
    ['nothing while it is created', { gpu }, { kind: 'none' }],
    ['that quotas had room once it is accepted', { gpu, answer: 'accepted' as const }, { kind: 'accepted' }],
    ['that it was had once its image is pulled', { gpu, phases: { pulling: NEW_YEAR } }, { kind: 'had' }],
    ['that it was had once it runs', { gpu, phases: { running: NEW_YEAR } }, { kind: 'had' }],
    [
      'that it was had when all that was ever seen is an exit',
      { gpu, verdict: { kind: 'succeeded' as const, exitCode: 0 as const } },
      { kind: 'had' },
    ],
    ['that there is none', failed('capacity'), { kind: 'lacking', resource: 'V100', why: 'capacity' }],
    ['that others have the quota', failed('quota'), { kind: 'lacking', resource: 'V100', why: 'quota' }],
    ['nothing when it fails for another cause', failed('registry'), { kind: 'none' }],
  ])('is %s', (_what, over, news) => {
    expect(capacityNews(attemptRow(over))).toMatchObject(news);
  });

  test('is of workloads without a GPU where it asked for none', () => {
    const verdict = { kind: 'failed', reason: reason('capacity', 'none') } as const;
    expect(capacityNews(attemptRow({ verdict }))).toMatchObject({ resource: 'cpu' });
  });
});

describe('the one that tries', () => {
  const inVain = (n: number) => ({
    job: { row: jobRow({ attempt: n }), etag: '1' },
    cancel: undefined,
    attempts: Array.from({ length: n }, (_, i) => ({
      row: attemptRow({
        number: i + 1,
        verdict: { kind: 'failed', reason: reason('capacity', 'none') },
        verdictAt: NEW_YEAR + i * 1_000,
      }),
      etag: '2',
    })),
  });

  test('may be any job, but one that has tried ten times in vain only half an hour after the last', () => {
    const now = NEW_YEAR + 9_000;
    expect(mayProbe(inVain(9), now, DEFAULT_TIMES)).toBe(true);
    expect(mayProbe(inVain(10), now + 30 * MINUTE - 1, DEFAULT_TIMES)).toBe(false);
    expect(mayProbe(inVain(10), now + 30 * MINUTE, DEFAULT_TIMES)).toBe(true);
  });
});
