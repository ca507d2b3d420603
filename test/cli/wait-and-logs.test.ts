// Waiting for jobs, and reading logs that are empty, absent or incomplete.
import type { AttemptView, JobView } from '../../api/jobs';
import { at, attempt, job, JOB_ID, RUNNING, SUCCEEDED } from '../client/support/jobs';
import { type Answer, type Asked, json, refused } from '../client/support/scripted-fetch';
import { runGpujobs } from './support/cli-stage';

const OTHER = 'j0000000000000000002';
const FAILED = { ...SUCCEEDED, id: OTHER, state: 'Failed', outcome: 'Failed', exitCode: 7 };

describe('wait', () => {
  const tells = ({ path }: Asked): Answer =>
    json(path.includes(OTHER) ? FAILED : SUCCEEDED, { headers: { etag: '"1"' } });

  test("of one job exits with the job's exit code, and prints what became of it", async () => {
    const ran = await runGpujobs(['wait', OTHER], tells);
    expect(ran).toMatchObject({ exitCode: 7, out: `${OTHER}  Failed  exit code 7\n`, err: '' });
    expect((await runGpujobs(['wait', JOB_ID], tells)).exitCode).toBe(0);
  });

  test('of several exits with the first code that is not 0', async () => {
    const ran = await runGpujobs(['wait', JOB_ID, OTHER, JOB_ID], tells);
    expect(ran.exitCode).toBe(7);
    expect(ran.out.trim().split('\n')).toHaveLength(2);
  });

  test('prints the jobs as JSON where that is asked for', async () => {
    const ran = await runGpujobs(['wait', OTHER, '--output', 'json'], tells);
    expect(JSON.parse(ran.out)).toMatchObject({ id: OTHER, exitCode: 7 });
  });

  test('stops when the time is up with 123, names the jobs that are not over, and cancels nothing', async () => {
    const ran = await runGpujobs(['wait', JOB_ID, OTHER, '--timeout', '0s'], ({ path }) =>
      path.includes(OTHER) ? json(FAILED, { headers: { etag: '"1"' } }) : json(RUNNING),
    );
    expect(ran.exitCode).toBe(123);
    expect(ran.err).toContain(`not over: ${JOB_ID}. It goes on.`);
    expect(ran.asked.every(({ method }) => method === 'GET')).toBe(true);
  });
});

interface Log {
  readonly text?: string;
  readonly final?: boolean;
  readonly gaps?: readonly unknown[];
}

/** A deployment with this job and this log. */
function deployment(view: JobView, { text = '', final = true, gaps = [] }: Log = {}) {
  return ({ path }: Asked): Answer => {
    const url = new URL(path, 'https://x');
    if (!url.pathname.endsWith('/logs')) return json(view, { headers: { etag: '"1"' } });
    const tail = url.searchParams.get('tail');
    const from =
      tail === null
        ? Number(url.searchParams.get('from'))
        : text.length - text.split('\n').slice(-Number(tail)).join('\n').length;
    const headers = {
      'x-log-from': String(from),
      'x-log-next': String(text.length),
      'x-log-final': String(final),
      'x-log-gaps': JSON.stringify(gaps),
    };
    return new Response(text.slice(from), { headers });
  };
}

const CANCELED = job({ state: 'Canceled', outcome: 'Canceled' });
const UNPULLED = job({
  state: 'Failed',
  outcome: 'Failed',
  attempts: [
    attempt({
      phase: 'pulling',
      phases: { provisioning: at(1), pulling: at(2) },
      reason: { code: 'image-not-found', class: 'user', message: 'no such image' },
    }),
  ],
});

describe('the whole log', () => {
  const first = {
    since: at(9),
    generation: 1,
    source: 'the stream',
    limits: 'which shows little',
  } as const;
  const withLog = (log: AttemptView['log']): JobView => ({
    ...SUCCEEDED,
    attempts: SUCCEEDED.attempts.map((one) => ({ ...one, log })),
  });
  /** The text names the generation that was asked for. */
  const generations =
    (view: JobView) =>
    ({ path }: Asked): Answer => {
      const url = new URL(path, 'https://x');
      if (!url.pathname.endsWith('/logs')) return json(view, { headers: { etag: '"1"' } });
      const generation = url.searchParams.get('generation') ?? 'none';
      const text = `generation ${generation}\n`;
      const headers = {
        'x-log-from': '0',
        'x-log-next': String(text.length),
        'x-log-final': 'true',
        'x-log-generation': generation,
      };
      return new Response(text, { headers });
    };
  const complete = withLog({
    state: 'complete',
    since: at(9),
    generation: 2,
    bytes: 13,
    source: 'the store',
    limits: 'none',
  });

  test.each([[], ['-f']])('is printed where it is complete %s', async (...flags) => {
    const ran = await runGpujobs(['logs', JOB_ID, ...flags], generations(complete));
    expect(ran).toMatchObject({ exitCode: 0, out: 'generation 2\n', err: '' });
  });

  test('is named beside the first generation', async () => {
    const ran = await runGpujobs(['logs', JOB_ID, '--generation', '1'], generations(complete));
    expect(ran.out).toBe('generation 1\n');
    expect(ran.err).toContain('prints generation 2, the whole log from the store');
  });

  test('is announced at the end while it is being read', async () => {
    const job = withLog({ ...first, state: 'completing', fullerFrom: 'the store' });
    const ran = await runGpujobs(['logs', JOB_ID, '-f'], generations(job));
    expect(ran.out).toBe('generation 1\n');
    expect(ran.err).toContain('the whole log is being read from the store');
  });

  test('is not to be had, and why, where the stream is all', async () => {
    const job = withLog({ ...first, state: 'stream-only', why: 'Name a workspace.' });
    const ran = await runGpujobs(['logs', JOB_ID], generations(job));
    expect(ran.err).toContain('Name a workspace.');
    expect((await runGpujobs(['show', JOB_ID], generations(job))).out).toContain(
      'not to be had: Name a workspace.',
    );
  });
});

describe('logs', () => {
  test.each([
    ['complete', SUCCEEDED, { text: 'a\n' }, 0, ''],
    ['empty', SUCCEEDED, {}, 0, `[log: empty: the program of attempt 1 of job ${JOB_ID} printed nothing]\n`],
    [
      'not complete yet',
      RUNNING,
      { text: 'a\n', final: false },
      0,
      /^\[log: not complete yet: .* is Running; -f /,
    ],
    ['empty up to now', RUNNING, { final: false }, 0, /^\[log: not complete yet: /],
    [
      'not there yet',
      job(),
      { final: false },
      0,
      /^\[log: none yet: .* has not begun, the job is Queued; -f waits/,
    ],
    [
      'of a program that never began',
      UNPULLED,
      {},
      66,
      /^\[log: none: .* never began, the job is Failed \(image-not-found: no such image\)\]/,
    ],
    [
      'of a job that never had an attempt',
      CANCELED,
      {},
      66,
      /^\[log: none: .* never began, the job is Canceled\]/,
    ],
  ] as const)(
    'that is %s says so beside it, and its bytes are all that is printed',
    async (_, view, log, code, said) => {
      const ran = await runGpujobs(['logs', JOB_ID], deployment(view, log));
      expect(ran).toMatchObject({ exitCode: code, out: 'text' in log ? log.text : '' });
      if (typeof said === 'string') expect(ran.err).toBe(said);
      else expect(ran.err).toMatch(said);
    },
  );

  test('with a hole tells it, and only that', async () => {
    const gaps = [{ at: 2, kind: 'missing', missingBytes: 5, why: 'the window had moved on' }];
    const ran = await runGpujobs(['logs', JOB_ID], deployment(SUCCEEDED, { text: 'a\nb\n', gaps }));
    expect(ran).toMatchObject({ out: 'a\nb\n', exitCode: 0 });
    expect(ran.err).toBe(
      '[log: something may be missing before byte 2 (5 bytes): the window had moved on]\n',
    );
  });

  test('of an attempt that the job does not have says which it has, exit code 66', async () => {
    const ran = await runGpujobs(['logs', JOB_ID, '--attempt', '9'], deployment(SUCCEEDED));
    expect(ran.exitCode).toBe(66);
    expect(ran.err).toContain('has no attempt 9: it has 1.');
  });

  test('--tail asks for the last lines, with -f too', async () => {
    const api = deployment(SUCCEEDED, { text: 'a\nb\nc' });
    for (const follow of [[], ['-f']]) {
      const ran = await runGpujobs(['logs', JOB_ID, '--tail', '2', ...follow], api);
      expect(ran).toMatchObject({ exitCode: 0, out: 'b\nc', err: '' });
    }
  });

  test('--tail says so if it did not look for older lines', async () => {
    const ran = await runGpujobs(['logs', JOB_ID, '--tail', '5'], ({ path }) =>
      path.includes('/logs')
        ? new Response('x\ny\n', {
            headers: { 'x-log-from': '900', 'x-log-next': '904', 'x-log-final': 'true' },
          })
        : json(SUCCEEDED),
    );
    expect(ran.out).toBe('x\ny\n');
    expect(ran.err).toContain(
      '[log: only the last 4 MiB were looked through for 5 lines; there are 2 in them]',
    );
  });

  test('as JSON are events, the last of which says how the log stands', async () => {
    const ran = await runGpujobs(
      ['logs', JOB_ID, '--output', 'json'],
      deployment(RUNNING, { text: 'é', final: false }),
    );
    const events = ran.out
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(events).toMatchObject([
      { event: 'log', attempt: 1, from: 0 },
      {
        event: 'end',
        attempt: 1,
        log: 'unfinished',
        detail: expect.stringContaining('not complete') as string,
      },
    ]);
  });

  test.each([['--timestamps'], ['--since', '10m']])(
    '%s is refused with the reason, and nothing is asked',
    async (...args) => {
      const ran = await runGpujobs(['logs', JOB_ID, ...args], () => refused());
      expect(ran).toMatchObject({ exitCode: 64, out: '', asked: [] });
      expect(ran.err).toContain('when a line was printed is kept nowhere');
    },
  );
});
