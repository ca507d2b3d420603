// The routes below /api/jobs on a whole stack: lists, versions, waiting for a change, costs, submitting again.
import { setTimeout as sleep } from 'node:timers/promises';

import { jobListSchema, jobViewSchema } from '../../api/jobs';
import { resubmittedJobsSchema } from '../../api/resubmit-jobs';
import type { JobSummary } from '../../domain/lists/job-summary';
import { counting, nodeProgram } from './support/example-specs';
import { bootTestStack, isOverAndGone, type TestStack } from './support/test-stack';

let local: TestStack;
beforeAll(async () => {
  local = await bootTestStack({ GPU_JOBS_EMULATOR_PROVISION_MS: '100', GPU_JOBS_EMULATOR_PULL_MS: '100' });
}, 60_000);
afterAll(() => local.stop());

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${local.stack.functionsUrl}/api/${path}`, init);
}

function post(path: string, body: unknown): Promise<Response> {
  return ask(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });
}

async function list(query: string): Promise<readonly JobSummary[]> {
  return jobListSchema.parse(await (await ask(`jobs?${query}`)).json()).jobs;
}

/**
 * Reads the list until it is as expected. The sweep of the real tick is a minute away, so only the writes can bring
 * that about.
 */
async function listed(query: string, ids: readonly string[]): Promise<readonly JobSummary[]> {
  for (;;) {
    const jobs = await list(query);
    if (JSON.stringify(jobs.map(({ id }) => id)) === JSON.stringify(ids)) return jobs;
    await sleep(50);
  }
}

test('jobs are listed by state and label, their lists following them to the end', async () => {
  const labels = { run: 'lists', team: 'vision' };
  const good = await local.api.submit({ ...counting(1, 10), labels, name: 'good' });
  const bad = await local.api.submit({ ...nodeProgram('process.exit(3)'), labels: { run: 'lists' } });
  for (const id of [good, bad]) await local.untilJob(id, isOverAndGone, 'over and gone');
  const [failed] = await listed('state=Failed', [bad]);
  expect(failed).toMatchObject({ exitCode: 3, reason: { code: 'exit-code' }, attempt: 1, cleanup: 'gone' });
  const [succeeded] = await listed('label=team=vision', [good]);
  expect(succeeded).toMatchObject({ name: 'good', state: 'Succeeded', labels });
  await listed('label=run=lists&limit=1', [bad]);
  await listed('state=Queued', []);
  await listed('state=failed,SUCCEEDED&label=run=lists', [bad, good]);
  await listed(`labels=${encodeURIComponent(JSON.stringify(labels))}&state=Failed`, []);
  await listed(`labels=${encodeURIComponent(JSON.stringify(labels))}&name=good`, [good]);
  await listed('placement=nowhere&label=run=lists', []);
  await listed(`idPrefix=${bad.slice(0, 12)}`, [bad]);
  await listed('name=goo', []);
  await listed(`label=run=lists&until=${succeeded?.createdAt ?? ''}`, []);
});

test('a job shows its whole spec in its own answer, and its literal secrets in none', async () => {
  const spec = { ...nodeProgram('console.log(process.env.TOKEN.length)'), labels: { run: 'spec' } };
  const env = { TOKEN: { secure: 'open sesame' }, LEVEL: 'debug' };
  const id = await local.api.submit({ ...spec, env, idempotencyKey: 'spec-is-told' });
  const job = await local.untilJob(id, isOverAndGone, 'over and gone');
  expect(job).toMatchObject({ outcome: 'Succeeded' });
  const text = await (await ask(`jobs/${id}`)).text();
  expect(JSON.parse(text)).toMatchObject({
    spec: { ...spec, env: { TOKEN: { withheld: true }, LEVEL: 'debug' } },
  });
  expect(text).not.toMatch(/open sesame|hmac|spec-is-told/);
  expect(await (await ask('jobs?label=run=spec')).text()).not.toContain('"spec":{');
  const again = await post(`jobs/${id}/resubmit`, { overrides: { env: { LEVEL: 'info' } } });
  expect(again.status).toBe(400);
  expect(await again.text()).toContain('/env/TOKEN');
  const given = { overrides: { env: { TOKEN: { secure: 'other' }, LEVEL: 'info' } } };
  const accepted = await post(`jobs/${id}/resubmit`, given);
  expect(accepted.status).toBe(202);
  expect(await accepted.json()).toMatchObject({
    changed: [
      { pointer: '/env/TOKEN', from: { withheld: true }, to: { withheld: true } },
      { pointer: '/env/LEVEL', from: 'debug', to: 'info' },
    ],
  });
});

test.each([
  ['labels=a=b', 'labels'],
  ['label=a=b&labels={"c":"d"}', 'label'],
  ['idPrefix=j12', 'idPrefix'],
  ['state=Failing', 'state'],
  ['label=team', 'label'],
  ['limit=201', 'limit'],
  ['limit=ten', 'limit'],
  ['continuation=abc', 'continuation'],
  ['since=yesterday', 'since'],
  ['color=red', 'color'],
])('a list by %s is refused with the parameter that is wrong', async (query, parameter) => {
  const answer = await ask(`jobs?${query}`);
  expect(answer.status).toBe(400);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(await answer.text()).toContain(parameter);
});

test('an unchanged job is not sent again, and its next change ends the wait for it', async () => {
  const id = await local.api.submit({ ...nodeProgram('setInterval(() => {}, 1000)') });
  const first = await ask(`jobs/${id}`);
  const etag = first.headers.get('etag') ?? '';
  expect(etag).toMatch(/^W\/"[\w-]{22}"$/);
  await local.untilJob(id, ({ state }) => state === 'Running', 'Running');
  const running = (await ask(`jobs/${id}`)).headers.get('etag') ?? '';
  expect(running).not.toBe(etag);
  const unchanged = await ask(`jobs/${id}?wait=1`, { headers: { 'if-none-match': `"other", ${running}` } });
  expect([unchanged.status, unchanged.headers.get('etag'), await unchanged.text()]).toEqual([
    304,
    running,
    '',
  ]);
  const waiting = ask(`jobs/${id}?wait=60`, { headers: { 'if-none-match': running } });
  await local.api.cancel(id);
  const changed = await waiting;
  expect(changed.status).toBe(200);
  expect(changed.headers.get('etag')).not.toBe(running);
  const job = jobViewSchema.parse(await changed.json());
  expect(job).toMatchObject({
    id,
    source: 'http',
    deadlines: { archiving: 300 },
    image: expect.any(String) as string,
  });
  await local.untilJob(id, ({ state }) => state === 'Canceled', 'Canceled');
});

test('a GPU job shows what it has cost so far, and its version does not change with it', async () => {
  const id = await local.api.submit({
    ...nodeProgram('setInterval(() => {}, 1000)'),
    gpu: { count: 1, sku: 'V100' },
  });
  await local.untilJob(id, ({ state }) => state === 'Running', 'Running');
  const one = await ask(`jobs/${id}`);
  await sleep(50);
  const other = await ask(`jobs/${id}`);
  const [before, after] = [jobViewSchema.parse(await one.json()), jobViewSchema.parse(await other.json())];
  expect(before.cost).toMatchObject({ currency: 'USD', estimated: true });
  expect(after.cost?.amount).toBeGreaterThan(before.cost?.amount ?? 0);
  expect(other.headers.get('etag')).toBe(one.headers.get('etag'));
  await local.api.cancel(id);
  await local.untilJob(id, isOverAndGone, 'over and gone');
});

test('the failed jobs of a label are submitted again, each as a job of its own', async () => {
  const labels = { run: 'again' };
  const bad = await local.api.submit({ ...nodeProgram('process.exit(4)'), labels });
  await local.untilJob(bad, isOverAndGone, 'over and gone');
  const answer = await post('jobs/resubmit', { state: 'Failed', label: labels });
  expect(answer.status).toBe(202);
  const { resubmitted, refused } = resubmittedJobsSchema.parse(await answer.json());
  expect([resubmitted.map(({ from }) => from), refused]).toEqual([[bad], []]);
  const again = await local.untilJob(resubmitted[0]?.id ?? '', isOverAndGone, 'over and gone');
  expect(again).toMatchObject({ state: 'Failed', exitCode: 4, labels });
  expect((await post('jobs/resubmit', { state: 'Succeeded' })).status).toBe(400);
  expect((await post('jobs/resubmit', {})).status).toBe(400);
});
