// Arrays and groups on the command line.
import type { GroupView } from '../../api/groups';
import type { JobSummary } from '../../domain/lists/job-summary';
import { at, attempt, job } from '../client/support/jobs';
import { type Answer, type Asked, json } from '../client/support/scripted-fetch';
import { runGpujobs } from './support/cli-stage';

const GROUP = 'g0000000000000000001';
const idOf = (index: number): string => `j000000000000000000${index}`;

function member(index: number, changed: Partial<JobSummary> = {}): JobSummary {
  return {
    id: idOf(index),
    state: 'Succeeded',
    outcome: 'Succeeded',
    exitCode: 0,
    cleanup: 'gone',
    attempt: 1,
    placement: 'here',
    labels: {},
    group: { id: GROUP, index, parameters: { lr: index === 0 ? '0.1' : '0.01' } },
    createdAt: at(0),
    endedAt: at(30),
    ...changed,
  };
}

const MEMBERS = [member(0), member(1, { state: 'Failed', outcome: 'Failed', exitCode: 3 })];
const VIEW: GroupView = {
  id: GROUP,
  name: 'train {{lr}}',
  source: 'http',
  createdAt: at(0),
  endedAt: at(30),
  members: 2,
  made: 2,
  atOnce: 1,
  states: { Succeeded: 1, Failed: 1 },
  failures: MEMBERS.slice(1),
  links: { self: '', jobs: '', cancel: '' },
};
const SUBMITTED = {
  id: GROUP,
  state: 'Queued',
  members: 2,
  links: { self: `/api/groups/${GROUP}`, jobs: '', cancel: '' },
};

/** Members' logs are `epoch 1\nepoch 2` without an end of the last line. */
function deployment({ method, path }: Asked): Answer {
  const url = new URL(path, 'https://x');
  if (method === 'POST' && url.pathname === '/api/jobs') return json(SUBMITTED, { status: 202 });
  if (url.pathname.endsWith('/cancel')) return json({ canceled: [idOf(0), idOf(1)] }, { status: 202 });
  if (url.pathname === `/api/groups/${GROUP}`) return json(VIEW);
  if (url.pathname === '/api/jobs') return json({ jobs: MEMBERS });
  if (url.pathname.endsWith('/logs'))
    return new Response('epoch 1\nepoch 2', {
      headers: { 'x-log-from': '0', 'x-log-next': '15', 'x-log-final': 'true', 'x-log-gaps': '[]' },
    });
  return json(job({ id: url.pathname.split('/')[3] ?? '', attempts: [attempt({ logBytes: 15 })] }), {
    headers: { etag: '"1"' },
  });
}

function bodyOf(asked: readonly Asked[]): unknown {
  return JSON.parse(asked.find(({ method }) => method === 'POST')?.body ?? '{}');
}

describe('submit', () => {
  test('--array makes a group of one request and prints its id', async () => {
    const ran = await runGpujobs(
      ['submit', '--image', 'i', '--array', '0-9:3', '--at-once', '2', '--', 'run', '{{index}}'],
      deployment,
    );
    expect(ran).toMatchObject({ exitCode: 0, out: `${GROUP}\n` });
    expect(ran.asked).toHaveLength(1);
    expect(bodyOf(ran.asked)).toMatchObject({
      command: ['run', '{{index}}'],
      array: { indexes: '0-9:3', atOnce: 2 },
    });
  });

  test('--matrix takes all values of a parameter, once for each', async () => {
    const ran = await runGpujobs(
      ['submit', '--image', 'i', '--matrix', 'lr=0.1,0.01', '--matrix', 'seed=1,2,3'],
      deployment,
    );
    expect(bodyOf(ran.asked)).toMatchObject({
      array: { matrix: { lr: ['0.1', '0.01'], seed: ['1', '2', '3'] } },
    });
  });

  test('options replace the array of a file', async () => {
    const stdin = JSON.stringify({ image: 'i', array: { matrix: { lr: ['1'] }, atOnce: 3 } });
    const ran = await runGpujobs(['submit', '--array', '0-1', '-'], deployment, { stdin });
    expect(bodyOf(ran.asked)).toMatchObject({ array: { indexes: '0-1', atOnce: 3 } });
  });

  test.each([
    [['--array', '0-1', '--matrix', 'a=1'], 64, 'either by --array or by --matrix'],
    [['--matrix', 'a=1', '--matrix', 'a=2'], 64, '--matrix names a twice'],
    [['--matrix', 'a'], 64, '--matrix is "a", must be NAME=VALUE'],
    [['--array', '9-0'], 65, '--array (/array/indexes): has "9-0", which ends before it begins'],
  ])('%j is refused without a request', async (options, exitCode, why) => {
    const ran = await runGpujobs(['submit', '--image', 'i', ...options], deployment);
    expect(ran.exitCode).toBe(exitCode);
    expect(ran.err).toContain(why);
    expect(ran.asked).toEqual([]);
  });

  test('--wait waits for the last member and exits with the highest exit code', async () => {
    const ran = await runGpujobs(['submit', '--image', 'i', '--array', '0-1', '--wait'], deployment);
    expect(ran.exitCode).toBe(3);
    expect(ran.out).toBe(`${GROUP}  1 Succeeded, 1 Failed\n`);
  });
});

describe('a group', () => {
  test('is shown by its counts and by what failed first', async () => {
    const ran = await runGpujobs(['show', GROUP], deployment);
    expect(ran.out).toContain('members    2: 1 Succeeded, 1 Failed');
    expect(ran.out).toMatch(/INDEX {2}lr {4}STATE {3}EXIT {2}TIME .*\n1 {6}0.01 {2}Failed {2}3 /);
    expect(ran.err).toContain(`gpujobs list --group ${GROUP}`);
  });

  test('is listed with parameters and exit codes, by its indexes', async () => {
    const ran = await runGpujobs(['list', '--group', GROUP], deployment);
    expect(
      ran.out
        .trim()
        .split('\n')
        .map((line) => line.split(/ {2,}/).slice(0, 4)),
    ).toEqual([
      ['INDEX', 'lr', 'STATE', 'EXIT'],
      ['0', '0.1', 'Succeeded', '0'],
      ['1', '0.01', 'Failed', '3'],
    ]);
    expect(ran.asked[0]?.path).toContain(`group=${GROUP}`);
  });

  test('is waited for, and the highest exit code of its members is the command’s', async () => {
    expect(await runGpujobs(['wait', GROUP], deployment)).toMatchObject({
      exitCode: 3,
      out: `${GROUP}  1 Succeeded, 1 Failed\n`,
    });
  });

  test('is watched: each state of each member is a line', async () => {
    const ran = await runGpujobs(['watch', GROUP], deployment);
    expect(ran.exitCode).toBe(3);
    expect(ran.out.split('\n').map((line) => line.slice(10))).toEqual([
      '[0] lr=0.1  Succeeded',
      '[1] lr=0.01  Failed  exit code 3',
      '',
    ]);
  });

  test('is canceled by one request', async () => {
    const ran = await runGpujobs(['cancel', GROUP], deployment);
    expect(ran).toMatchObject({ exitCode: 0, out: `${GROUP}  2 jobs are being canceled\n` });
    expect(ran.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `POST /api/groups/${GROUP}/cancel`,
    ]);
  });

  test('has its logs printed with each line behind its index', async () => {
    const ran = await runGpujobs(['logs', GROUP], deployment);
    expect(ran.out).toBe('[0] epoch 1\n[0] epoch 2\n[1] epoch 1\n[1] epoch 2\n');
  });

  test('has the log of one member printed as it is', async () => {
    const ran = await runGpujobs(['logs', GROUP, '--index', '1'], deployment);
    expect(ran.out).toBe('epoch 1\nepoch 2');
    const none = await runGpujobs(['logs', GROUP, '--index', '7'], deployment);
    expect(none).toMatchObject({ exitCode: 66 });
    expect(none.err).toContain('has no member with index 7: it has 0, 1');
  });

  test.each([
    [['logs', GROUP, '-f'], '--follow takes one log: name a member of the group with --index'],
    [
      ['logs', idOf(0), '--index', '1'],
      '--index is of a group, and "j0000000000000000000" is no group\'s id',
    ],
    [['watch', GROUP, idOf(0)], 'One group is watched at a time'],
    [['show', GROUP, '--spec'], 'A group has no spec of its own'],
  ])('%j is refused', async (args, why) => {
    const ran = await runGpujobs(args, deployment);
    expect(ran.exitCode).toBe(64);
    expect(ran.err).toContain(why);
  });

  test.each([
    [['show', GROUP], VIEW],
    [['wait', GROUP], { group: VIEW, jobs: MEMBERS }],
    [['list', '--group', GROUP], { jobs: MEMBERS }],
    [['cancel', GROUP], { group: GROUP, canceled: [idOf(0), idOf(1)] }],
  ])('%j is JSON where that is asked for', async (args, value) => {
    const ran = await runGpujobs([...args, '--output', 'json'], deployment);
    expect(JSON.parse(ran.out)).toEqual(JSON.parse(JSON.stringify(value)));
  });
});
