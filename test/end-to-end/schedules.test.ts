// Schedules on a whole stack: what the routes accept and refuse, and fires that become programs, one after the other.
import { scheduleViewSchema } from '../../api/schedules';
import { readLedger } from '../../standins/stack/emulator-view';
import { counting } from './support/example-specs';
import { groupOf, traceOf } from './support/proofs';
import { bootTestStack, isOverAndGone, type TestStack } from './support/test-stack';

const SETTING = {
  name: 'by-setting',
  cron: '0 0 29 2 *',
  spec: { image: 'a', env: { T: { secure: 'open sesame' } } },
};
const MINUTE_MS = 60_000;

let local: TestStack;

beforeAll(async () => {
  local = await bootTestStack({
    GPU_JOBS_EMULATOR_PROVISION_MS: '100',
    GPU_JOBS_EMULATOR_PULL_MS: '100',
    GPU_JOBS_SCHEDULES: JSON.stringify([SETTING]),
  });
}, 60_000);

afterAll(() => local.stop());

interface Answer {
  readonly status: number;
  readonly etag: string | null;
  readonly body: unknown;
}

async function ask(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await fetch(`${local.stack.functionsUrl}/api/schedules${path}`, {
    method,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    headers: { 'content-type': 'application/json', ...headers },
  });
  const text = await answer.text();
  return {
    status: answer.status,
    etag: answer.headers.get('etag'),
    body: text === '' ? undefined : JSON.parse(text),
  };
}

/** A definition of which only one fire is due, a minute ago, and no other for a year. */
function dueOnce(spec: object, over: object = {}): object {
  const fire = new Date(Date.now() - MINUTE_MS);
  const cron = `${fire.getUTCMinutes()} ${fire.getUTCHours()} ${fire.getUTCDate()} ${fire.getUTCMonth() + 1} *`;
  return { cron, spec, from: new Date(fire.getTime() - MINUTE_MS).toISOString(), catchUp: 'one', ...over };
}

async function jobsOf(schedule: string): Promise<readonly string[]> {
  const answer = await fetch(`${local.stack.functionsUrl}/api/jobs?schedule=${schedule}`);
  const { jobs } = (await answer.json()) as { jobs: { id: string }[] };
  return jobs.map(({ id }) => id);
}

/** The job that the schedule's last fire has become. */
async function madeBy(schedule: string): Promise<string> {
  for (;;) {
    const { last } = scheduleViewSchema.parse((await ask('GET', `/${schedule}`)).body);
    if (last?.jobId !== undefined) return last.jobId;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('the routes of schedules', () => {
  const nightly = { cron: '30 2 * * *', timeZone: 'Europe/Berlin', spec: counting(1, 10) };

  test('make, tell, change, pause, resume and remove one', async () => {
    const made = await ask('PUT', '/nightly', nightly);
    expect(made).toMatchObject({
      status: 201,
      body: { ...nightly, name: 'nightly', origin: 'api', overlap: 'allow', catchUp: 'skip', paused: false },
    });
    expect(scheduleViewSchema.parse(made.body).next).toHaveLength(3);
    expect(await ask('PUT', '/nightly', nightly)).toEqual({ ...made, status: 200 });
    expect(await ask('GET', '/nightly')).toEqual({ ...made, status: 200 });

    const changed = await ask(
      'PUT',
      '/nightly',
      { ...nightly, overlap: 'skip' },
      { 'if-match': made.etag ?? '' },
    );
    expect(changed).toMatchObject({ status: 200, body: { overlap: 'skip' } });
    expect(await ask('PUT', '/nightly', nightly, { 'if-match': made.etag ?? '' })).toMatchObject({
      status: 412,
    });
    expect(await ask('PUT', '/nightly', nightly, { 'if-none-match': '*' })).toMatchObject({ status: 412 });

    expect(await ask('POST', '/nightly/pause')).toMatchObject({
      status: 200,
      body: { paused: true, next: [] },
    });
    expect(await ask('POST', '/nightly/resume')).toMatchObject({ status: 200, body: { paused: false } });
    expect(await ask('GET', '')).toMatchObject({
      status: 200,
      body: {
        schedules: [
          { name: 'by-setting', origin: 'settings' },
          { name: 'nightly', origin: 'api' },
        ],
      },
    });

    expect(await ask('DELETE', '/nightly', undefined, { 'if-match': made.etag ?? '' })).toMatchObject({
      status: 412,
    });
    expect(await ask('DELETE', '/nightly')).toMatchObject({ status: 204, body: undefined });
    expect(await ask('DELETE', '/nightly')).toMatchObject({ status: 404 });
    expect(await ask('GET', '/nightly')).toMatchObject({ status: 404 });
  });

  test('name every field that is wrong', async () => {
    const wrong = {
      cron: '61 * * * *',
      spec: { image: 'a', env: { TOKEN: { secure: 'open sesame' } }, idempotencyKey: 'k' },
      from: '1969-01-01T00:00:00Z',
    };
    const refused = await ask('PUT', '/wrong', wrong);
    expect(refused).toMatchObject({
      status: 400,
      body: {
        errors: [
          { pointer: '/cron', detail: expect.stringContaining('"61" as minute') as string },
          { pointer: '/from', detail: expect.stringContaining('1970') as string },
          { pointer: '/spec/env/TOKEN/secure', detail: expect.stringContaining('literal secret') as string },
        ],
      },
    });
    expect(JSON.stringify(refused.body)).not.toContain('open sesame');
    const pointers = async (body: unknown): Promise<unknown> => (await ask('PUT', '/wrong', body)).body;
    expect(await pointers({ cron: '* * * * *', spec: { image: 'a', idempotencyKey: 'k' } })).toMatchObject({
      errors: [{ pointer: '/spec/idempotencyKey' }],
    });
    expect(
      await pointers({ cron: '* * * * *', timeZone: 'Mars/Olympus', spec: { image: 'a' } }),
    ).toMatchObject({
      errors: [{ pointer: '/timeZone' }],
    });
    const env = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`E${n}`, 'x'.repeat(2_000)]));
    expect(await pointers({ cron: '* * * * *', spec: { image: 'a', env } })).toMatchObject({
      errors: [
        { pointer: '/spec', detail: expect.stringMatching(/has 40\d{3} characters as JSON/) as string },
      ],
    });
    expect(await pointers({ spec: 1, often: true })).toMatchObject({
      errors: [{ pointer: '/cron' }, { pointer: '/spec' }, { pointer: '/often' }],
    });
    expect(await ask('PUT', '/Wrong', nightly)).toMatchObject({
      status: 400,
      body: { errors: [{ parameter: 'name' }] },
    });
    expect(await ask('PUT', '/wrong', 'no json')).toMatchObject({ status: 400 });
    expect(await ask('PUT', '/wrong', ' '.repeat(300_000))).toMatchObject({ status: 413 });
    expect(await ask('PUT', '/wrong', nightly, { 'if-none-match': '"1"' })).toMatchObject({ status: 400 });
    expect(await ask('GET', '/wrong')).toMatchObject({ status: 404 });
  });

  test('leave a schedule of the settings to the settings, and tell none of its secrets', async () => {
    expect(await ask('PUT', '/by-setting', nightly)).toMatchObject({ status: 409 });
    expect(await ask('DELETE', '/by-setting')).toMatchObject({ status: 409 });
    const told = await ask('GET', '/by-setting');
    expect(JSON.stringify(told)).not.toContain('open sesame');
    expect(await ask('POST', '/by-setting/pause')).toMatchObject({ status: 200, body: { paused: true } });
    expect(await ask('POST', '/by-setting/run')).toMatchObject({ status: 400 });
    expect(await ask('POST', '/nobody/run')).toMatchObject({ status: 404 });
  });
});

describe('a fire', () => {
  test('becomes one job and one program, however often the tick runs', async () => {
    await ask('PUT', '/once', dueOnce(counting(2, 10)));
    await Promise.all([local.api.tick(), local.api.tick()]);
    await local.api.tick();
    const id = await madeBy('once');
    const job = await local.untilJob(id, isOverAndGone, 'over and gone');
    expect(job.state).toBe('Succeeded');
    expect(await traceOf(local, groupOf(job))).toEqual({ puts: 1, programs: 1, exists: false });
    expect(await jobsOf('once')).toEqual([id]);
  });

  test('that replaces a running job becomes one when its group is gone, not before', async () => {
    // The run is long; by the time of the fire the schedule's program is short.
    await ask('PUT', '/successor', dueOnce(counting(100_000, 50), { overlap: 'replace' }));
    const ran = await ask('POST', '/successor/run', undefined, { 'idempotency-key': 'first' });
    expect(ran.status).toBe(202);
    expect(await ask('POST', '/successor/run', undefined, { 'idempotency-key': 'first' })).toEqual(ran);
    const [first = ''] = await jobsOf('successor');
    expect(ran.body).toEqual({ jobId: first });
    await local.untilJob(first, ({ state }) => state === 'Running', 'running');
    const { cron } = scheduleViewSchema.parse((await ask('GET', '/successor')).body);
    await ask('PUT', '/successor', { cron, spec: counting(1, 10), overlap: 'replace', catchUp: 'one' });

    await local.api.tick();
    const second = await madeBy('successor');
    const job = await local.untilJob(second, isOverAndGone, 'over and gone');
    expect([job.state, (await local.api.get(first)).state]).toEqual(['Succeeded', 'Canceled']);
    const { groups } = await readLedger(local.stack.emulatorUrl);
    const [old, its] = [first, second].map((id) => groups.find(({ group }) => group === groupOf({ id })));
    expect(its?.createdAt).toBeGreaterThanOrEqual(old?.goneAt ?? Infinity);
  });
});
