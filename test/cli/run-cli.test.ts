import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { job, JOB_ID, RUNNING, SUCCEEDED } from '../client/support/jobs';
import { type Answer, type Asked, json, refused } from '../client/support/scripted-fetch';
import { runGpujobs } from './support/cli-stage';

const SUBMITTED = { id: JOB_ID, state: 'Queued', links: { self: '/', logs: '/', cancel: '/' } };
const SPEC_ONLY = ['submit', '--image', 'x'];

/** Takes a submission, then answers with these versions of the job, the last one for ever. The log is empty. */
function jobApi(...versions: readonly unknown[]): (asked: Asked) => Answer {
  let told = 0;
  return ({ method, path }) => {
    if (method === 'POST') return json(SUBMITTED, { status: 202 });
    if (path.includes('/logs'))
      return new Response('', { headers: { 'x-log-next': '0', 'x-log-final': 'true', 'x-log-gaps': '[]' } });
    const version = Math.min(told++, versions.length - 1);
    return json(versions[version], { headers: { etag: `"${version}"` } });
  };
}

describe('what a deployment refuses', () => {
  test('of a query names the options that asked for it', async () => {
    const refusal = {
      type: 'about:blank',
      title: 'Bad query',
      status: 400,
      detail: 'gpu must be short; memoryGb must be a number. This route takes gpu, count, cpu, memoryGb.',
      errors: [
        { parameter: 'gpu', detail: 'must be short' },
        { parameter: 'memoryGb', detail: 'must be a number' },
      ],
    };
    const ran = await runGpujobs(['placements', '--sku', 'V100'], () => json(refusal, { status: 400 }));
    expect(ran.err).toContain('--sku must be short');
    expect(ran.err).toContain('--memory must be a number');
    expect(ran.err).not.toMatch(/memoryGb|Bad query|route/);
  });

  test('of a schedule that does not exist names the command that lists them', async () => {
    const detail = 'There is no schedule "x". GET /api/schedules lists those that there are.';
    const refusal = { type: 'about:blank', title: 'No such schedule', status: 404, detail };
    const ran = await runGpujobs(['schedule', 'show', 'x'], () => json(refusal, { status: 404 }));
    expect(ran.err).toContain(
      'There is no schedule "x". "gpujobs schedule list" shows those that there are.',
    );
  });

  test('is printed once if title and detail say the same', async () => {
    const refusal = {
      type: 'about:blank',
      title: 'No such job',
      status: 404,
      detail: `There is no job "${JOB_ID}".`,
    };
    const ran = await runGpujobs(['logs', JOB_ID], () => json(refusal, { status: 404 }));
    expect(ran.err).toContain(`gpujobs: There is no job "${JOB_ID}".`);
  });
});

describe('the exit code', () => {
  test.each([
    ['Succeeded', { ...SUCCEEDED }, 0],
    ['Failed with a code', { ...SUCCEEDED, state: 'Failed', outcome: 'Failed', exitCode: 7 }, 7],
    ['Failed without one', job({ state: 'Failed', outcome: 'Failed' }), 120],
    ['Rejected', job({ state: 'Rejected', outcome: 'Rejected' }), 121],
    ['Canceled', job({ state: 'Canceled', outcome: 'Canceled' }), 122],
    ['TimedOut', job({ state: 'TimedOut', outcome: 'TimedOut' }), 124],
  ])('of a job that %s is as documented', async (_, end, exitCode) => {
    expect((await runGpujobs([...SPEC_ONLY, '--wait'], jobApi(RUNNING, end))).exitCode).toBe(exitCode);
    expect((await runGpujobs([...SPEC_ONLY, '--follow'], jobApi(RUNNING, end))).exitCode).toBe(exitCode);
  });

  test.each([
    [400, 65],
    [401, 77],
    [403, 77],
    [404, 66],
    [409, 65],
    [412, 65],
    [500, 69],
  ])('of an answer of status %i is %i', async (status, exitCode) => {
    const ran = await runGpujobs(['cancel', JOB_ID], () => json({}, { status }));
    expect(ran.exitCode).toBe(exitCode);
    expect(ran.err).toContain('gpujobs:');
  });

  test.each([
    [['nonsense']],
    [['list', '--limit', 'many']],
    [['submit']],
    [['cancel']],
    [['cancel', JOB_ID, '--all']],
  ])('of the wrong command line %j is 64, and nothing is asked', async (args) => {
    const ran = await runGpujobs(args, () => refused());
    expect(ran).toMatchObject({ exitCode: 64, asked: [] });
    expect(ran.err).not.toBe('');
  });

  test('of a file that is not there is 66', async () => {
    expect((await runGpujobs(['submit', '/no/such/file'], () => refused())).exitCode).toBe(66);
  });

  test('is 69 if nothing answers, and the address is printed', async () => {
    const ran = await runGpujobs(['cancel', JOB_ID], () => refused());
    expect(ran.exitCode).toBe(69);
    expect(ran.err).toContain('https://app.example');
  });
});

describe('submit', () => {
  test('prints the id and nothing else to standard output', async () => {
    const ran = await runGpujobs(['submit', '-'], jobApi(), { stdin: 'image: x\n' });
    expect(ran).toMatchObject({ exitCode: 0, out: `${JOB_ID}\n`, err: '' });
    expect(ran.asked[0]?.body).toBe('image: x\n');
  });

  test('takes what to run from options, and secrets from the shell', async () => {
    const options = [
      '--gpu',
      '2',
      '--sku',
      'V100',
      '--cpu',
      '4',
      '--memory',
      '12.5',
      '--label',
      'a=b',
      '--time-limit',
      '2h',
    ];
    const ran = await runGpujobs(
      [
        ...SPEC_ONLY,
        ...options,
        '--secure-env',
        'TOKEN',
        '--secret-env',
        'DB=db-password',
        '--env',
        'N=1=2',
        '--',
        'run',
        '--fast',
      ],
      jobApi(),
      { env: { TOKEN: 'hidden' } },
    );
    expect(ran.exitCode).toBe(0);
    expect(JSON.parse(ran.asked[0]?.body ?? '')).toEqual({
      image: 'x',
      command: ['run', '--fast'],
      env: { N: '1=2', DB: { secretRef: 'db-password' }, TOKEN: { secure: 'hidden' } },
      resources: { cpu: 4, memoryGb: 12.5 },
      gpu: { count: 2, sku: 'V100' },
      deadlines: { running: 7200 },
      labels: { a: 'b' },
    });
  });

  test('wraps the parameters of a template as Resource Manager does', async () => {
    const ran = await runGpujobs(
      ['submit', '-', '--parameters', 'name=x', '--parameters', 'cpu=4', '--location', 'eastus'],
      jobApi(),
      { stdin: '{"resources":[]}' },
    );
    expect(ran.asked[0]?.path).toBe('/api/jobs?location=eastus');
    expect(JSON.parse(ran.asked[0]?.body ?? '')).toEqual({
      properties: { template: { resources: [] }, parameters: { name: { value: 'x' }, cpu: { value: 4 } } },
    });
  });

  test('with --wait and JSON prints the job as it ended, and only that', async () => {
    const ran = await runGpujobs([...SPEC_ONLY, '--wait', '--output', 'json'], jobApi(RUNNING, SUCCEEDED));
    expect(JSON.parse(ran.out)).toMatchObject({ id: JOB_ID, outcome: 'Succeeded' });
    expect(ran.err).toBe('');
  });

  test('with --follow and JSON prints one event a line', async () => {
    const ran = await runGpujobs([...SPEC_ONLY, '--follow', '--output', 'json'], jobApi(RUNNING, SUCCEEDED));
    const events = ran.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string });
    expect(events.map(({ event }) => event)).toEqual(expect.arrayContaining(['job', 'log']));
  });

  test('names each wrong place of a refused document', async () => {
    const problem = {
      type: 'about:blank',
      title: 'Invalid job spec',
      status: 400,
      detail: '1 thing is wrong.',
      errors: [{ line: 3, column: 5, pointer: '/gpu/count', detail: 'must be a positive whole number' }],
    };
    const ran = await runGpujobs(['submit', '-'], () => json(problem, { status: 400 }));
    expect(ran.err).toContain('  line 3, column 5 (/gpu/count): must be a positive whole number');
  });
});

describe('Ctrl-C', () => {
  test('without a terminal to ask on stops watching with 130, and cancels nothing', async () => {
    let interrupt = (): void => undefined;
    const ran = await runGpujobs(
      [...SPEC_ONLY, '--wait'],
      ({ method, path }) => {
        if (method === 'POST') return json(SUBMITTED, { status: 202 });
        if (!path.includes('wait=')) return json(RUNNING, { headers: { etag: '"1"' } });
        interrupt();
        return new DOMException('aborted', 'AbortError');
      },
      {
        host: {
          onInterrupt: (handler) => {
            interrupt = handler;
            return () => undefined;
          },
        },
      },
    );
    expect(ran.exitCode).toBe(130);
    expect(ran.err).toContain(`gpujobs logs -f ${JOB_ID}`);
    expect(ran.asked.filter(({ path }) => path.endsWith('/cancel'))).toEqual([]);
  });
});

describe('profiles', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gpujobs-profiles-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('keep their keys from others, and are used where no variable says otherwise', async () => {
    const env = { XDG_CONFIG_HOME: folder, GPUJOBS_URL: '' };
    const add = ['profile', 'add', 'prod', '--url', 'https://prod.example', '--key', '-'];
    expect((await runGpujobs(add, () => refused(), { env, stdin: 'the-key\n' })).exitCode).toBe(0);
    const file = join(folder, 'gpujobs', 'config.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const ran = await runGpujobs(['show', JOB_ID], () => json(SUCCEEDED), { env });
    expect(ran.asked[0]?.headers.get('x-functions-key')).toBe('the-key');
    expect((await runGpujobs(['profile', 'list'], () => refused(), { env })).out).not.toContain('the-key');
    expect(await readFile(file, 'utf8')).toContain('"current": "prod"');
  });

  test('that are broken are refused with their file, exit code 78', async () => {
    const file = join(folder, 'gpujobs');
    await mkdir(file);
    await writeFile(join(file, 'config.json'), '{"profiles": 3}');
    const ran = await runGpujobs(['list'], () => refused(), {
      env: { XDG_CONFIG_HOME: folder, GPUJOBS_URL: '' },
    });
    expect(ran.exitCode).toBe(78);
    expect(ran.err).toContain(join(file, 'config.json'));
  });
});

test('errors are JSON where JSON was asked for', async () => {
  const ran = await runGpujobs(['show', JOB_ID, '--output', 'json'], () => json({}, { status: 404 }));
  expect(JSON.parse(ran.err)).toMatchObject({ error: { status: 404 }, exitCode: 66 });
});
