import { filteredBy, type JobFilter, listJobs } from '../../jobs/list-jobs';
import { testApp } from '../support/app/test-app';
import { jobRow, NEW_YEAR, testJobId } from '../support/rows';

async function idsBy(filter: JobFilter): Promise<string[]> {
  const app = testApp();
  const labels = [{ team: 'vision' }, { team: 'speech' }, { team: 'vi=sion' }];
  for (const [n, label] of labels.entries()) {
    const row = jobRow({ jobId: testJobId(n), submittedAt: NEW_YEAR + n, labels: label });
    await app.jobs.insert(row);
    await app.ports.lists.check({ job: { row, etag: '' }, cancel: undefined, attempts: [] });
  }
  return (await listJobs(app.ports, filter, 50)).jobs.map(({ id }) => id);
}

test('a label is filtered by name and value, the value whole, with = in it too', async () => {
  expect(await idsBy({ label: 'team=vision' })).toEqual([testJobId(0)]);
  expect(await idsBy({ label: 'team=vi=sion' })).toEqual([testJobId(2)]);
  expect(await idsBy({ label: 'team=' })).toEqual([]);
});

test('a state or a span of time selects, and a span goes with any of the others', async () => {
  expect(await idsBy({})).toEqual([2, 1, 0].map(testJobId));
  expect(await idsBy({ state: 'Running' })).toEqual([]);
  const until = new Date(NEW_YEAR + 2).toISOString();
  expect(await idsBy({ state: 'Queued', until })).toEqual([1, 0].map(testJobId));
  expect(await idsBy({ label: 'team=vi=sion', until })).toEqual([]);
});

test('more than one property is told apart from one', () => {
  expect(filteredBy({ since: 's', until: 'u' })).toEqual([]);
  expect(filteredBy({ state: 'Failed', since: 's' })).toEqual(['state']);
  expect(filteredBy({ label: 'a=b', schedule: 'nightly' })).toEqual(['label', 'schedule']);
});
