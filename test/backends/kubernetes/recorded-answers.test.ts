// What the answers to creates and reads say, over every recording of one that failed.
import { createAnswer } from '../../../backends/kubernetes/create-answer';
import { isAbsent, unreadable } from '../../../backends/kubernetes/read-failure';
import { RECORDINGS } from './recorded-objects';

function answerIn(recording: string): { status: number; text: string } {
  const { response } = RECORDINGS.get(recording) ?? {};
  if (response === undefined) throw new Error(`${recording} has no answer.`);
  return { status: response.status, text: response.text ?? JSON.stringify(response.body ?? {}) };
}

/** Creates that failed: the reason and its class, or that the fate is unknown. */
const CREATES: Readonly<Record<string, string>> = {
  'B05-403-create-job': 'refused infrastructure',
  'C02-create-409-exists': 'name-taken infrastructure',
  'C06-create-ns-404': 'refused infrastructure',
  'C08-422-restartpolicy': 'refused user',
  'C17-unknown-field-strict-400': 'refused user',
  'I07-job-count-quota-403': 'quota infrastructure',
  'J02-create-in-terminating-ns-403': 'refused infrastructure',
  'L16-09-create-same-name': 'name-taken infrastructure',
  'M21-504-create-timeout': 'unknown',
  'M40-429-max-inflight': 'throttled infrastructure',
  'O03-413-body-too-large': 'refused user',
  'O12-webhook-denied-403': 'refused infrastructure',
  'O13-webhook-down-500': 'refused infrastructure',
  'O14-policy-denied-422': 'refused infrastructure',
};

test.each(Object.entries(CREATES))('the create of %s is %s', (recording, told) => {
  const answer = createAnswer(answerIn(recording));
  expect(answer.kind === 'refused' ? `${answer.reason.code} ${answer.reason.class}` : answer.kind).toBe(told);
});

test('a create that was answered as made is accepted', () => {
  expect(createAnswer(answerIn('C01-create-tf-mnist'))).toEqual({ kind: 'accepted' });
});

test('no answer to a create is taken for a refusal that says nothing of the kind', () => {
  for (const status of [408, 500, 502, 503, 504])
    expect(createAnswer({ status, text: 'no Status' }).kind).toBe('unknown');
});

test('every recorded create that failed is refused or of unknown fate', () => {
  const failed = [...RECORDINGS].filter(
    ([, { request, response }]) =>
      request?.method === 'POST' && response !== undefined && response.status >= 400,
  );
  expect(failed.length).toBeGreaterThan(20);
  for (const [name, { response }] of failed)
    expect([name, createAnswer(answerIn(name)).kind]).toEqual([
      name,
      response?.status === 504 ? 'unknown' : 'refused',
    ]);
});

describe('a read', () => {
  test('shows an absence by the 404 of that very name alone', () => {
    const gone = answerIn('L17-02-get');
    expect(isAbsent(gone, { kind: 'jobs', name: 'bg' })).toBe(true);
    expect(isAbsent(gone, { kind: 'jobs', name: 'another' })).toBe(false);
    expect(isAbsent(gone, { kind: 'secrets', name: 'bg' })).toBe(false);
  });

  test('shows no absence by any other recorded answer', () => {
    const others = [...RECORDINGS].filter(
      ([, { response }]) => response !== undefined && response.status >= 400 && response.status !== 404,
    );
    expect(others.length).toBeGreaterThan(40);
    for (const [name] of others)
      for (const kind of ['jobs', 'pods', 'namespaces'])
        expect([name, isAbsent(answerIn(name), { kind, name: 'x' })]).toEqual([name, false]);
    expect(isAbsent({ status: 404, text: '404 page not found' }, { kind: 'jobs', name: 'x' })).toBe(false);
  });

  test('that failed says why, and whether the namespace is missing', () => {
    expect(unreadable(answerIn('B06-403-get-job-named'))).toMatchObject({
      kind: 'unreadable',
      why: expect.stringMatching(/^HTTP 403 Forbidden .*cannot get resource/) as unknown,
      scopeMissing: false,
    });
    expect(unreadable(answerIn('C06-create-ns-404'))).toMatchObject({ scopeMissing: true });
    expect(unreadable(answerIn('M40-429-max-inflight')).why).toBe(
      'HTTP 429 Too many requests, please try again later.',
    );
  });
});
