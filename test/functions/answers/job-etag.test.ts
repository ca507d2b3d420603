import type { AttemptRow } from '../../../domain/attempt/attempt';
import type { JobRow } from '../../../domain/job/job';
import { isKnownBy, jobEtag } from '../../../functions/answers/job-etag';
import { attemptRow, jobRow, NEW_YEAR } from '../../support/rows';

function etagOf(job: Partial<JobRow>, attempt: Partial<AttemptRow> = {}): string {
  const row = jobRow({ state: 'active', attempt: 1, ...job });
  const attempts = [{ row: attemptRow(attempt), etag: '2' }];
  return jobEtag({ job: { row, etag: '1' }, cancel: undefined, attempts });
}

test('a version is of what the API shows: a heartbeat makes no new one, a phase does', () => {
  expect(etagOf({}, { heartbeat: NEW_YEAR + 5, nextBy: NEW_YEAR + 9, epoch: 2 })).toBe(etagOf({}));
  expect(etagOf({ eventSent: true })).toBe(etagOf({}));
  expect(etagOf({}, { phase: 'pulling' })).not.toBe(etagOf({}));
  expect(etagOf({}, { logBytes: 10 })).not.toBe(etagOf({}));
  expect(etagOf({ name: 'other' })).not.toBe(etagOf({}));
});

test.each([
  ['the version itself', 'W/"abc"'],
  ['its strong form: comparison is weak', '"abc"'],
  ['any version', '*'],
  ['one of several', '"x", W/"abc" ,"y"'],
])('is known by %s', (_, header) => {
  expect(isKnownBy(header, 'W/"abc"')).toBe(true);
});

test.each([
  ['no header', null],
  ['another version', 'W/"abd"'],
  ['the version without its quotes', 'abc'],
  ['an empty header', ''],
])('is not known by %s', (_, header) => {
  expect(isKnownBy(header, 'W/"abc"')).toBe(false);
});
