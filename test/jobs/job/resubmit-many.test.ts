import type { JobRow } from '../../../domain/job/job';
import { resubmitMany } from '../../../jobs/job/resubmit-many';
import { type TestApp, testApp } from '../../support/app/test-app';
import { jobRow, NEW_YEAR, testJobId } from '../../support/rows';

/** A listed job that is over and whose spec is kept. */
async function over(app: TestApp, n: number, change: Partial<JobRow> = {}): Promise<void> {
  const row = jobRow({
    jobId: testJobId(n),
    submittedAt: NEW_YEAR + n,
    state: 'over',
    outcome: 'Failed',
    overAt: NEW_YEAR + n,
    ...change,
  });
  await app.ports.specs.put(row.specHash, { image: `example/program:${n}` });
  await app.jobs.insert(row);
  await app.ports.lists.check({ job: { row, etag: '' }, cancel: undefined, attempts: [] });
}

test('every job of the state becomes a new one, once however often it is asked for under one key', async () => {
  const app = testApp();
  await over(app, 1);
  await over(app, 2);
  await over(app, 3, { outcome: 'Succeeded' });
  const first = await resubmitMany(app.ports, { state: 'Failed' }, 'monday');
  expect(first.resubmitted.map(({ from }) => from)).toEqual([testJobId(2), testJobId(1)]);
  expect(first.refused).toEqual([]);
  expect(await resubmitMany(app.ports, { state: 'Failed' }, 'monday')).toEqual(first);
  const again = await resubmitMany(app.ports, { state: 'Failed' }, 'tuesday');
  expect(again.resubmitted.map(({ id }) => id)).not.toEqual(first.resubmitted.map(({ id }) => id));
});

test('labels and a span of time narrow it down', async () => {
  const app = testApp();
  await over(app, 1, { labels: { team: 'vision', run: '1' } });
  await over(app, 2, { labels: { team: 'vision', run: '2' } });
  await over(app, 3, { labels: { team: 'speech', run: '1' } });
  const from = async (filter: object): Promise<string[]> =>
    (await resubmitMany(app.ports, { state: 'Failed', ...filter }, 'k')).resubmitted.map((one) => one.from);
  expect(await from({ label: { team: 'vision' } })).toEqual([testJobId(2), testJobId(1)]);
  expect(await from({ label: { team: 'vision', run: '1' } })).toEqual([testJobId(1)]);
  expect(await from({ since: new Date(NEW_YEAR + 2).toISOString() })).toEqual([testJobId(3), testJobId(2)]);
  expect(await from({ until: new Date(NEW_YEAR + 2).toISOString() })).toEqual([testJobId(1)]);
});

test("a label whose name can not be part of a list's query is still compared", async () => {
  const app = testApp();
  await over(app, 1, { labels: { 'a=b': 'c' } });
  await over(app, 2, { labels: { a: 'b=c' } });
  const { resubmitted } = await resubmitMany(app.ports, { state: 'Failed', label: { 'a=b': 'c' } }, 'k');
  expect(resubmitted.map(({ from }) => from)).toEqual([testJobId(1)]);
});

test('what cannot be submitted again is reported, and holds up no other', async () => {
  const app = testApp();
  await over(app, 1);
  await over(app, 2, { plan: undefined, outcome: 'Rejected' });
  await over(app, 3, { outcome: 'Rejected' });
  const result = await resubmitMany(app.ports, { state: 'Rejected' }, 'k');
  expect(result.resubmitted.map(({ from }) => from)).toEqual([testJobId(3)]);
  expect(result.refused).toEqual([{ id: testJobId(2), detail: 'was not kept' }]);
});

test('a call takes a page of jobs, and the next call goes on behind it', async () => {
  const app = testApp();
  for (let n = 0; n < 130; n += 1) await over(app, n);
  const first = await resubmitMany(app.ports, { state: 'Failed' }, 'k');
  expect(first.resubmitted).toHaveLength(100);
  const { continuation } = first;
  const rest = await resubmitMany(app.ports, { state: 'Failed', continuation }, 'k');
  expect(rest.resubmitted).toHaveLength(30);
  expect(rest).not.toHaveProperty('continuation');
});
