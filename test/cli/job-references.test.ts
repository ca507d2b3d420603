// Which job is meant by an id, by the beginning of one, or by a name, and which by several properties at once.
import type { JobSummary } from '../../domain/lists/job-summary';
import { JOB_ID, SUCCEEDED } from '../client/support/jobs';
import { type Answer, type Asked, json, refused } from '../client/support/scripted-fetch';
import { runGpujobs } from './support/cli-stage';

function summary(n: number, changed: Partial<JobSummary> = {}): JobSummary {
  return {
    id: `jabc${String(n).padStart(16, '0')}`,
    state: 'Failed',
    cleanup: 'gone',
    attempt: 1,
    labels: {},
    createdAt: `2026-01-31T11:0${n}:00.000Z`,
    ...changed,
  };
}

const SUBMITTED = { id: JOB_ID, state: 'Queued', links: { self: '/', logs: '/', cancel: '/' } };

/** A deployment with these jobs named `train`, and these whose ids begin with `jabc`. */
function deployment(named: readonly JobSummary[], begun: readonly JobSummary[]) {
  return ({ method, path }: Asked): Answer => {
    const url = new URL(path, 'https://x');
    const wanted = url.searchParams.get('name');
    if (wanted !== null) return json({ jobs: wanted === 'train' ? named : [] });
    const prefix = url.searchParams.get('idPrefix');
    if (prefix !== null) return json({ jobs: begun.filter(({ id }) => id.startsWith(prefix)) });
    if (method === 'POST' && path.endsWith('/resubmit')) return json(SUBMITTED, { status: 202 });
    return json({ ...SUCCEEDED, id: url.pathname.split('/')[3] });
  };
}

const paths = (asked: readonly Asked[]): string[] => asked.map(({ method, path }) => `${method} ${path}`);

describe('commands that read', () => {
  test('take a whole id as it is, and ask for nothing else', async () => {
    const ran = await runGpujobs(['show', JOB_ID], deployment([], []));
    expect(paths(ran.asked)).toEqual([`GET /api/jobs/${JOB_ID}`]);
  });

  test('take the newest of a name, and say so if there are others', async () => {
    const one = await runGpujobs(['show', 'train'], deployment([summary(1)], []));
    expect(one).toMatchObject({ exitCode: 0, err: '' });
    expect(one.out).toContain(summary(1).id);
    const three = await runGpujobs(
      ['show', 'train'],
      deployment(
        [3, 2, 1].map((n) => summary(n)),
        [],
      ),
    );
    expect(three.out).toContain(summary(3).id);
    expect(three.err).toBe(`3 jobs are named "train"; this is the newest, ${summary(3).id} of 58 min ago.\n`);
  });

  test('take the beginning of an id if only one job has it; of several they list the matches and exit with 64', async () => {
    const jobs = [summary(1), summary(2)];
    const ran = await runGpujobs(['show', 'jabc0000000000000001'.slice(0, 20)], deployment([], jobs));
    expect(ran.exitCode).toBe(0);
    const begun = await runGpujobs(['show', 'jabc'], deployment([], [summary(1)]));
    expect(begun.out).toContain(summary(1).id);
    const several = await runGpujobs(['show', 'jabc'], deployment([], jobs));
    expect(several).toMatchObject({ exitCode: 64, out: '' });
    for (const { id } of jobs) expect(several.err).toContain(`  ${id}  -  Failed  `);
  });

  test('prefer a name to the beginning of an id, for a name is whole', async () => {
    const ran = await runGpujobs(['show', 'jabc'], ({ path }) => {
      const url = new URL(path, 'https://x');
      if (url.searchParams.has('name')) return json({ jobs: [summary(7)] });
      if (url.searchParams.has('idPrefix')) return json({ jobs: [summary(1)] });
      return json({ ...SUCCEEDED, id: url.pathname.split('/')[3] });
    });
    expect(ran.out).toContain(summary(7).id);
  });

  test('say that there is no such job, exit code 66', async () => {
    const ran = await runGpujobs(['logs', 'nothing'], deployment([], []));
    expect(ran.exitCode).toBe(66);
    expect(ran.err).toContain('the id or the name "nothing"');
  });
});

describe.each(['cancel', 'resubmit'])('%s', (command) => {
  const changes = (asked: readonly Asked[]): string[] =>
    paths(asked).filter((path) => path.startsWith('POST'));

  test('takes a name that one job has', async () => {
    const ran = await runGpujobs([command, 'train'], deployment([summary(1)], []));
    expect(ran.exitCode).toBe(0);
    expect(changes(ran.asked)).toEqual([`POST /api/jobs/${summary(1).id}/${command}`]);
  });

  test.each([
    [
      'a name of several',
      'train',
      deployment([summary(2), summary(1, { state: 'Running' })], []),
      'say which by its id',
    ],
    ['the beginning of an id', 'jabc', deployment([], [summary(1)]), 'not a whole id'],
  ])('by %s changes nothing, lists the matches and exits with 64', async (_, typed, answer, said) => {
    const ran = await runGpujobs([command, JOB_ID, typed], answer);
    expect(ran.exitCode).toBe(64);
    expect(ran.err).toContain(said);
    expect(ran.err).toContain(summary(1).id);
    expect(changes(ran.asked)).toEqual([]);
  });
});

test('a name of very many jobs is refused with their number and the newest of them', async () => {
  const many = Array.from({ length: 11 }, (_, n) => summary(9, { id: `jabc${String(n).padStart(16, '0')}` }));
  const ran = await runGpujobs(['cancel', 'train'], deployment(many, []));
  expect(ran.err.split('\n')).toHaveLength(13); // What is wrong, ten jobs, an ellipsis, the end.
  expect(ran.err).toContain('More than 10 jobs');
});

describe('several properties at once', () => {
  const FLAGS = [
    ...['--state', 'failed,timedout', '--state', 'running', '--label', 'a=b,c', '--label', 'd=e'],
    ...['--name', 'train', '--placement', 'east,west', '--schedule', 'nightly', '--since', '1h'],
  ];

  test('are sent to the list together, and a page without jobs does not end it', async () => {
    const ran = await runGpujobs(['list', ...FLAGS], (_, number) =>
      json(
        number === 0
          ? { jobs: [], continuation: '00000000000000-j0000000000000000001' }
          : { jobs: [summary(1)] },
      ),
    );
    expect(ran.out).toContain(summary(1).id);
    const query = Object.fromEntries(new URL(ran.asked[0]?.path ?? '', 'https://x').searchParams);
    expect(query).toMatchObject({
      state: 'failed,timedout,running',
      labels: '{"a":"b,c","d":"e"}',
      name: 'train',
      placement: 'east,west',
      schedule: 'nightly',
      since: '2026-01-31T11:01:00.000Z',
    });
  });

  test('are sent to a cancellation together', async () => {
    const ran = await runGpujobs(['cancel', ...FLAGS], () => json({ canceled: [] }, { status: 202 }));
    expect(JSON.parse(ran.asked[0]?.body ?? '')).toEqual({
      states: ['failed', 'timedout', 'running'],
      labels: { a: 'b,c', d: 'e' },
      name: 'train',
      placements: ['east', 'west'],
      schedule: 'nightly',
      since: '2026-01-31T11:01:00.000Z',
    });
  });

  test.each([
    ['two values of one label', ['list', '--label', 'a=b', '--label', 'a=c']],
    ['an id and a property', ['cancel', JOB_ID, '--state', 'Running']],
    ['an id and a property to watch', ['watch', JOB_ID, '--state', 'Running']],
    ['all and a property', ['cancel', '--all', '--name', 'train']],
    ['an empty state', ['list', '--state', 'Failed,']],
  ])('%s is refused with 64, and nothing is asked', async (_, args) => {
    expect(await runGpujobs(args, () => refused())).toMatchObject({ exitCode: 64, asked: [] });
  });
});

test('--version tells the version of the package', async () => {
  const ran = await runGpujobs(['--version'], () => refused());
  expect(ran).toMatchObject({ exitCode: 0, out: 'gpujobs 0.1.0\n', err: '' });
});
