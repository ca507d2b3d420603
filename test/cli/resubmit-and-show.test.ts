// A job's spec as a file, and jobs made again with changes.
import { WITHHELD_VALUE } from '../../domain/spec/job-spec';
import { at, attempt, JOB_ID, RUNNING, SUCCEEDED } from '../client/support/jobs';
import { type Asked, json, refused } from '../client/support/scripted-fetch';
import { runGpujobs } from './support/cli-stage';

const SPEC = {
  image: 'i',
  command: ['sh', '-c', 'echo 1\necho 2'],
  env: { A: 'x', TOKEN: { withheld: true } },
};
const AGAIN = { id: JOB_ID, state: 'Queued', links: { self: '/', logs: '/', cancel: '/' } };

const shows = (): Response => json({ ...SUCCEEDED, spec: SPEC });
const body = (asked: readonly Asked[]): unknown => JSON.parse(asked[0]?.body ?? 'null');

describe('show', () => {
  test('ends with the whole spec', async () => {
    const { out } = await runGpujobs(['show', JOB_ID], shows);
    expect(out).toMatch(
      /\nspec\n {2}image: i\n {2}command:\n(.*\n)* {2}env:\n {4}A: x\n {4}TOKEN:\n {6}withheld: true\n$/,
    );
  });

  test('shows where each attempt was and what it cost, "so far" while that may still grow', async () => {
    const cost = { currency: 'USD', amount: 0.25, estimated: true, billedSeconds: 300, prices: [] };
    const [attempt] = SUCCEEDED.attempts;
    const where = { placement: 'one', backend: 'aci', region: 'eastus' };
    const attempts = [
      { ...attempt, ...where, cost },
      { ...attempt, ...where, number: 2, region: undefined, cost: { ...cost, soFar: true } },
    ];
    const job = { ...SUCCEEDED, attempts, cost: { ...cost, amount: 0.5, soFar: true } };
    const { out } = await runGpujobs(['show', JOB_ID], () => json(job));
    expect(out).toMatch(/^cost +\$0\.5000 so far, estimated$/m);
    expect(out).toMatch(/attempt 1\n +placement +one, aci in eastus\n(.*\n)* +cost +\$0\.2500, estimated\n/);
    expect(out).toMatch(/attempt 2\n +placement +one, aci\n(.*\n)* +cost +\$0\.2500 so far, estimated\n/);
  });

  describe('of attempts that one placement refused for one reason', () => {
    const refused = (number: number, sku: string, message = 'retired', over = {}): object => ({
      ...attempt({ number, phases: { provisioning: at(number) }, gpu: { count: 1, sku }, cleanup: 'gone' }),
      reason: { code: 'capacity', class: 'infrastructure', message },
      ...over,
    });
    const shown = async (...attempts: readonly object[]): Promise<string> =>
      (await runGpujobs(['show', JOB_ID], () => json({ ...SUCCEEDED, attempts }))).out;
    const ran = { ...SUCCEEDED.attempts[0], number: 4, placement: 'there' };

    test('tells them together, with each GPU, and the one that ran by itself', async () => {
      const out = await shown(refused(1, 'K80'), refused(2, 'P100'), refused(3, 'V100'), ran);
      expect(out).toMatch(
        /\nattempts 1 to 3\n +placement +here\n +GPUs +1 × K80, 1 × P100, 1 × V100\n +result +3 attempts refused: capacity: retired\n/,
      );
      expect(out).toMatch(/\nattempt 4\n +placement +there\n/);
    });

    test('leaves out no wording of the reason', async () => {
      const out = await shown(refused(1, 'K80', 'no K80'), refused(2, 'P100', 'no P100'), ran);
      expect(out).toMatch(/result +2 attempts refused: capacity, in 2 wordings:\n +no K80\n +no P100\n/);
    });

    test.each([
      ['another placement', { placement: 'elsewhere' }],
      ['another reason', { reason: { code: 'quota', class: 'infrastructure', message: 'retired' } }],
      ['a log', { logBytes: 3 }],
      ['an image that was pulled', { phases: { provisioning: at(2), pulling: at(3) } }],
      ['a removal that goes on', { cleanup: 'requested' }],
      ['a cost', { cost: { currency: 'USD', amount: 0.1, estimated: true, billedSeconds: 3, prices: [] } }],
    ])('tells one with %s by itself', async (_what, over) => {
      const out = await shown(refused(1, 'K80'), refused(2, 'P100', 'retired', over), ran);
      expect(out.match(/^attempts? .*$/gm)).toEqual(['attempt 1', 'attempt 2', 'attempt 4']);
    });
  });

  test('says of an attempt what its workload waits for, and since when', async () => {
    const lacking = { code: 'capacity', class: 'infrastructure', message: 'No node has room.', since: at(2) };
    const attempts = [{ ...attempt(), lacking }];
    const { out } = await runGpujobs(['show', JOB_ID], () =>
      json({ ...RUNNING, state: 'Provisioning', attempts }),
    );
    expect(out).toMatch(/\n {2}waits for +capacity: No node has room\. \(since 2026-01-31 .+\)\n/);
  });

  test('--spec prints a file that submit reads back, and says which secrets it lacks and how to give them', async () => {
    const shown = await runGpujobs(['show', JOB_ID, '--spec'], shows);
    expect(shown.err).toContain('TOKEN: a literal secret is shown to nobody');
    expect(shown.err).toContain('--secure-env TOKEN');
    const again = await runGpujobs(
      ['submit', '-', '--secure-env', 'TOKEN'],
      () => json(AGAIN, { status: 202 }),
      {
        stdin: shown.out,
        env: { TOKEN: 't' },
      },
    );
    expect(body(again.asked)).toEqual({ ...SPEC, env: { A: 'x', TOKEN: { secure: 't' } } });
    const as = await runGpujobs(['show', JOB_ID, '--spec', '--output', 'json'], shows);
    expect(JSON.parse(as.out)).toEqual(SPEC);
  });

  test('--spec of what could not become a job says so, exit code 66', async () => {
    const rejected = { ...SUCCEEDED, state: 'Rejected', outcome: 'Rejected' };
    const ran = await runGpujobs(['show', JOB_ID, '--spec'], () => json(rejected));
    expect(ran).toMatchObject({ exitCode: 66, out: '' });
    expect(ran.err).toContain('could not become a job');
  });
});

describe('resubmit', () => {
  test('sends what options say as overrides, and tells what they changed', async () => {
    const changed = [{ pointer: '/env/LR', from: '0.1', to: '0.9' }];
    const args = ['resubmit', JOB_ID, '--env', 'LR=0.9', '--gpu', '0', '--image', 'i:2', '--label', 'a=b'];
    const ran = await runGpujobs([...args, '--', 'run', 'it'], () =>
      json({ ...AGAIN, changed }, { status: 202 }),
    );
    expect(ran).toMatchObject({ exitCode: 0, out: `${JOB_ID}\n`, err: 'env.LR: 0.1 → 0.9 (by --env)\n' });
    expect(body(ran.asked)).toEqual({
      overrides: {
        image: 'i:2',
        command: ['run', 'it'],
        args: null,
        gpu: null,
        env: { LR: '0.9' },
        labels: { a: 'b' },
      },
    });
  });

  test('without options sends none', async () => {
    const ran = await runGpujobs(['resubmit', JOB_ID], () => json(AGAIN, { status: 202 }));
    expect(body(ran.asked)).toEqual({});
  });

  test('with --state filters by label, whatever the case of the state, and changes each job', async () => {
    const answer = { resubmitted: [], refused: [] };
    const args = ['resubmit', '--state', 'timedout', '--label', 'a=b', '--time-limit', '2h'];
    const ran = await runGpujobs(args, () => json(answer, { status: 202 }));
    expect(body(ran.asked)).toEqual({
      state: 'TimedOut',
      label: { a: 'b' },
      overrides: { deadlines: { running: 7200 } },
    });
  });

  test('names each secret that must be given again, and how', async () => {
    const errors = ['A', 'B'].map((name) => ({ pointer: `/env/${name}`, detail: WITHHELD_VALUE }));
    const problem = {
      type: 'about:blank',
      title: 'Invalid job spec',
      status: 400,
      detail: '2 fields are wrong.',
      errors,
    };
    const ran = await runGpujobs(['resubmit', JOB_ID], () => json(problem, { status: 400 }));
    expect(ran.exitCode).toBe(65);
    expect(ran.err).toContain(`gpujobs resubmit ${JOB_ID} --secure-env A --secure-env B`);
  });

  test.each([
    ['--since beside an id', [JOB_ID, '--since', '1h']],
    ['two jobs to follow', [JOB_ID, JOB_ID, '--wait']],
    ['several jobs to follow', ['--state', 'Failed', '--follow']],
    ['a state that no job ends in', ['--state', 'Running']],
  ])('refuses %s with 64, and asks nothing', async (_, args) => {
    expect(await runGpujobs(['resubmit', ...args], () => refused())).toMatchObject({
      exitCode: 64,
      asked: [],
    });
  });
});
