import { choicesOf } from '../../../dashboard/plots/groups';
import { barsOf, periodNameOf, sinceOf } from '../../../dashboard/plots/periods';
import { plotsOf } from '../../../dashboard/plots/plots-of';
import { MOST_PAGES, readJobs } from '../../../dashboard/plots/read-jobs';
import { inWords, roundTop } from '../../../dashboard/plots/scale';
import type { JobSummary } from '../../../domain/lists/job-summary';
import { NEW_YEAR, testJobId } from '../../support/rows';

const HOUR = 3_600_000;

/** Submitted so many hours after the new year. */
function job(hour: number, over: Partial<JobSummary> = {}): JobSummary {
  return {
    id: testJobId(hour),
    state: 'Succeeded',
    outcome: 'Succeeded',
    cleanup: 'gone',
    attempt: 1,
    placement: 'eastus',
    labels: {},
    createdAt: new Date(NEW_YEAR + hour * HOUR).toISOString(),
    ...over,
  };
}

function used(hour: number, waitedS: number, gpuHours: number, over: Partial<JobSummary> = {}): JobSummary {
  const startedAt = new Date(NEW_YEAR + hour * HOUR + waitedS * 1000).toISOString();
  const usage = {
    startedAt,
    runSeconds: 60,
    gpuSeconds: gpuHours * 3_600,
    cost: { currency: 'USD', amount: gpuHours * 2 },
  };
  return job(hour, { usage, ...over });
}

const TWO_BARS = [
  { from: NEW_YEAR, to: NEW_YEAR + 6 * HOUR },
  { from: NEW_YEAR + 6 * HOUR, to: NEW_YEAR + 12 * HOUR },
];

function valuesOf(jobs: readonly JobSummary[], title: string, by = 'placement') {
  const plot = plotsOf(jobs, TWO_BARS, by).find((one) => one.title.startsWith(title));
  return plot?.series.map(({ name, values }) => [name, ...values]);
}

describe('plots', () => {
  const jobs = [
    used(0, 10, 2),
    used(5, 30, 1, { placement: 'westus' }),
    used(6, 20, 4),
    job(7, { state: 'Running', outcome: undefined }),
  ];

  test('sum GPU hours and cost a bar and group, the greatest group first', () => {
    expect(valuesOf(jobs, 'GPU hours')).toEqual([
      ['eastus', 2, 4],
      ['westus', 1, 0],
    ]);
    expect(valuesOf(jobs, 'Cost')).toEqual([
      ['eastus', 4, 8],
      ['westus', 2, 0],
    ]);
  });

  test('tell what half and nine of ten waited at most, and nothing where no job started', () => {
    const ten = Array.from({ length: 10 }, (_, index) => used(0, index + 1, 1));
    expect(valuesOf(ten, 'Waiting')).toEqual([
      ['9 of 10 within', 9, undefined],
      ['half within', 5, undefined],
    ]);
  });

  test('count outcomes, and what goes on beside them', () => {
    expect(valuesOf(jobs, 'Outcomes')).toEqual([
      ['Running', 0, 1],
      ['Succeeded', 2, 1],
    ]);
  });

  test('say how many jobs are not in a sum, for a sum without them would look whole', () => {
    const unpriced = used(1, 1, 1, { usage: { runSeconds: 5, gpuSeconds: 5 } });
    const [hours, cost, waiting] = plotsOf([...jobs, unpriced], TWO_BARS, 'placement');
    expect(hours?.lacks).toMatch(/^1 job is not in it/);
    expect(cost?.lacks).toMatch(/^2 jobs are not in it/);
    expect(waiting?.lacks).toMatch(/^2 jobs are not in it/);
  });

  test('by a label put jobs without it together, and the smallest groups beyond six', () => {
    const many = Array.from({ length: 9 }, (_, index) =>
      used(0, 1, 10 - index, { labels: { team: `t${index}` } }),
    );
    const series = valuesOf([...many, used(0, 1, 20)], 'GPU hours', 'label:team');
    expect(series?.map(([name]) => name)).toEqual(['none', 't0', 't1', 't2', 't3', 't4', 'all others']);
    expect(series?.at(-1)).toEqual(['all others', 5 + 4 + 3 + 2, 0]);
  });

  test('can be told by the labels that jobs bear, and by the one that the address names', () => {
    expect(choicesOf([job(0, { labels: { run: '1', team: 'a' } })], 'label:gone')).toEqual([
      'placement',
      'schedule',
      'label:gone',
      'label:run',
      'label:team',
    ]);
  });
});

describe('the bars of a period', () => {
  test('follow one another from the one that holds its beginning to the one that holds now', () => {
    for (const [name, barHours, count] of [
      ['1d', 1, 25],
      ['7d', 6, 29],
      ['30d', 24, 31],
    ] as const) {
      const now = NEW_YEAR + 1.5 * HOUR;
      const since = sinceOf(name, now);
      const bars = barsOf(since, now, barHours);
      expect(bars).toHaveLength(count);
      expect(bars[0]?.from).toBeLessThanOrEqual(since);
      expect(bars.at(-1)?.to).toBeGreaterThan(now);
      for (const [index, bar] of bars.entries()) if (index > 0) expect(bar.from).toBe(bars[index - 1]?.to);
    }
  });

  test.each([[undefined], ['9d'], ['constructor']])('%p names no period: the usual one is shown', (text) => {
    expect(periodNameOf(text)).toBe('7d');
  });
});

describe('the jobs of a period', () => {
  const page = [job(3), job(2)];

  test('are read page by page to their end', async () => {
    const asked: unknown[] = [];
    const told: number[] = [];
    const list = (query: { continuation?: string | undefined }) => {
      asked.push(query.continuation);
      return Promise.resolve({
        jobs: page,
        ...(asked.length < 3 ? { continuation: `c${asked.length}` } : {}),
      });
    };
    const read = await readJobs(
      { list },
      NEW_YEAR,
      (count) => told.push(count),
      new AbortController().signal,
    );
    expect(asked).toEqual([undefined, 'c1', 'c2']);
    expect(told).toEqual([2, 4, 6]);
    expect(read).toMatchObject({ pages: 3, isAll: true });
  });

  test('are no more than so many pages, and that is told', async () => {
    let asked = 0;
    const list = () => {
      asked += 1;
      return Promise.resolve({ jobs: page, continuation: 'more' });
    };
    const read = await readJobs({ list }, NEW_YEAR, () => undefined, new AbortController().signal);
    expect([asked, read.pages, read.isAll]).toEqual([MOST_PAGES, MOST_PAGES, false]);
  });
});

test.each([
  [0, 'jobs', 2],
  [3, 'jobs', 4],
  [0.034, 'dollars', 0.04],
  [12, 'hours', 20],
  [61, 'seconds', 120],
  [8_000, 'seconds', 10_800],
  [80_000, 'seconds', 86_400],
  [400_000, 'seconds', 5 * 86_400],
] as const)('the top line of plots up to %p %s is %p', (value, unit, top) => {
  expect(roundTop(value, unit)).toBeCloseTo(top, 10);
});

test.each([
  [0.0000123, 'dollars', '$0.0000123'],
  [1234.5, 'dollars', '$1,235'],
  [12.34, 'hours', '12.3 h'],
  [134, 'seconds', '2 min 14 s'],
  [1, 'jobs', '1 job'],
] as const)('%p %s is "%s"', (value, unit, words) => {
  expect(inWords(value, unit)).toBe(words);
});
