import type { ResubmitJobs } from '../../../api/resubmit-jobs';
import { ApiProblem } from '../../../dashboard/api/request';
import { BEGINNING, carryOut, type Progress } from '../../../dashboard/list/matching/carry-out';
import type { Part } from '../../../dashboard/list/matching/parts';
import type { JobSummary } from '../../../domain/lists/job-summary';

type Calls = Parameters<typeof carryOut>[0];

const WALK: readonly Part[] = [{ kind: 'walk', filter: { idPrefix: 'j123' } }];
const FOREVER = new AbortController().signal;

function summary(id: string): JobSummary {
  return {
    id,
    state: 'Failed',
    cleanup: 'none',
    attempt: 1,
    labels: {},
    createdAt: '2026-01-01T00:00:00.000Z',
  };
}

/** Lists two jobs a page, `pages` pages; every other call is refused as a defect unless given. */
function calls(pages: number, given: Partial<Calls>): Calls {
  const unasked = (): never => {
    throw new Error('This call was not expected.');
  };
  return {
    list: ({ continuation = '0' }) => {
      const page = Number(continuation);
      const jobs = [summary(`j${page}a`), summary(`j${page}b`)];
      return Promise.resolve({ jobs, ...(page + 1 < pages ? { continuation: String(page + 1) } : {}) });
    },
    cancel: unasked,
    resubmit: unasked,
    cancelMany: unasked,
    resubmitMany: unasked,
    ...given,
  };
}

function resubmitting(send: (id: string, key: string) => void): Partial<Calls> {
  return {
    resubmit: (id, key) => {
      send(id, key);
      return Promise.resolve({ id: `${id}x`, state: 'Queued', links: { self: '', logs: '', cancel: '' } });
    },
  };
}

describe('an action on all jobs that match', () => {
  test('walks the list to its end, each job once, under one key', async () => {
    const sent: string[] = [];
    const api = calls(
      3,
      resubmitting((id, key) => sent.push(`${id} ${key}`)),
    );
    const told: number[] = [];
    const task = { action: 'again', parts: WALK, key: 'k' } as const;
    const { done, rest } = await carryOut(api, task, BEGINNING, ({ done }) => told.push(done.size), FOREVER);
    expect(sent).toEqual(['j0a k', 'j0b k', 'j1a k', 'j1b k', 'j2a k', 'j2b k']);
    expect([...done]).toEqual(['j0a', 'j0b', 'j1a', 'j1b', 'j2a', 'j2b']);
    expect(told).toEqual([1, 2, 2, 3, 4, 4, 5, 6, 6]);
    expect(rest).toBeUndefined();
  });

  test('tells of a job that the API refuses, and goes on with the next', async () => {
    const api = calls(
      1,
      resubmitting((id) => {
        if (id === 'j0a') throw new ApiProblem(400, undefined);
      }),
    );
    const task = { action: 'again', parts: WALK, key: 'k' } as const;
    const { done, refused } = await carryOut(api, task, BEGINNING, () => undefined, FOREVER);
    expect([...done]).toEqual(['j0b']);
    expect([...refused.keys()]).toEqual(['j0a']);
  });

  test.each([
    ['no answer comes', new TypeError('Failed to fetch')],
    ['the app asks to wait', new ApiProblem(429, undefined)],
    ['the app fails', new ApiProblem(500, undefined)],
    ['the key is not taken', new ApiProblem(401, undefined)],
  ])('ends where %s, and goes on from there without a job twice', async (_, trouble) => {
    const sent: string[] = [];
    let isBroken = true;
    const api = calls(
      2,
      resubmitting((id) => {
        if (id === 'j1b' && isBroken) throw trouble;
        sent.push(id);
      }),
    );
    const task = { action: 'again', parts: WALK, key: 'k' } as const;
    let last: Progress = BEGINNING;
    const keep = (progress: Progress): void => {
      last = progress;
    };
    await expect(carryOut(api, task, BEGINNING, keep, FOREVER)).rejects.toBe(trouble);
    expect(last.rest).toEqual({ part: 0, continuation: '1' });
    isBroken = false;
    const { done, rest } = await carryOut(api, task, last, keep, FOREVER);
    expect([...done]).toEqual(['j0a', 'j0b', 'j1a', 'j1b']);
    expect(rest).toBeUndefined();
    // The page that broke off is sent anew, under the same key.
    expect(sent).toEqual(['j0a', 'j0b', 'j1a', 'j1a', 'j1b']);
  });

  test('rests after twenty pages, and can be stopped between two jobs', async () => {
    const task = { action: 'again', parts: WALK, key: 'k' } as const;
    const long = await carryOut(
      calls(
        30,
        resubmitting(() => undefined),
      ),
      task,
      BEGINNING,
      () => undefined,
      FOREVER,
    );
    expect(long.done.size).toBe(40);
    expect(long.rest).toEqual({ part: 0, continuation: '20' });
    const stop = new AbortController();
    const api = calls(
      3,
      resubmitting((id) => {
        if (id === 'j1a') stop.abort();
      }),
    );
    const short = await carryOut(api, task, BEGINNING, () => undefined, stop.signal);
    expect([...short.done]).toEqual(['j0a', 'j0b', 'j1a']);
    expect(short.rest).toEqual({ part: 0, continuation: '1' });
  });

  test('asks for one kind of call after the other, each to its last page', async () => {
    const asked: string[] = [];
    const api = calls(1, {
      resubmitMany: (which: ResubmitJobs) => {
        asked.push(`${which.state} ${which.continuation ?? 'from its beginning'}`);
        const page = { resubmitted: [{ from: `${which.state}${asked.length}`, id: 'new' }], refused: [] };
        const isFirst = which.state === 'Failed' && which.continuation === undefined;
        return Promise.resolve(isFirst ? { ...page, continuation: 'next' } : page);
      },
      cancelMany: () => Promise.resolve({ canceled: ['c1', 'c2'] }),
    });
    const parts: readonly Part[] = [
      { kind: 'resubmit', which: { state: 'Failed' } },
      { kind: 'resubmit', which: { state: 'TimedOut' } },
      { kind: 'cancel', which: { states: ['Running'] } },
    ];
    const { done, rest } = await carryOut(
      api,
      { action: 'again', parts, key: 'k' },
      BEGINNING,
      () => undefined,
      FOREVER,
    );
    expect(asked).toEqual(['Failed from its beginning', 'Failed next', 'TimedOut from its beginning']);
    expect([...done]).toEqual(['Failed1', 'Failed2', 'TimedOut3', 'c1', 'c2']);
    expect(rest).toBeUndefined();
  });
});
