// What counts as a difference from a recorded answer of a Kubernetes API, and what doesn't.
import type { Answer } from '../../../../proofs/conformance/kubernetes/answer';
import { compareAnswer } from '../../../../proofs/conformance/kubernetes/compare';
import type { Recording } from '../../../../proofs/conformance/kubernetes/recording';

const JSON_TYPE = { 'content-type': 'application/json' };

const UID = '00000000-0000-4000-8000-000000000043';
const OTHER_UID = '7f0c1c1e-9d5e-4f5f-8a55-0a3f0e2f9a10';

function job(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    kind: 'Job',
    metadata: { name: 'train', uid: UID, resourceVersion: '648', creationTimestamp: '2026-01-01T00:06:06Z' },
    spec: { selector: { matchLabels: { 'controller-uid': UID } } },
    ...changes,
  };
}

function answer(body: unknown, status = 200, headers: Readonly<Record<string, string>> = JSON_TYPE): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers, text: () => text, ended: () => true, close: () => undefined };
}

const RECORDED = { status: 200, headers: JSON_TYPE, body: job() };

describe('an answer is like the recorded one', () => {
  test('when it is the same', () => {
    expect(compareAnswer(RECORDED, answer(job()))).toEqual([]);
  });

  test('when only ids, times and versions differ, and equal ids are equal here too', () => {
    const here = JSON.parse(
      JSON.stringify(job()).replaceAll(UID, OTHER_UID).replaceAll('00:06:06', '11:12:13'),
    ) as {
      metadata: Record<string, unknown>;
    };
    here.metadata['resourceVersion'] = '7';
    expect(compareAnswer(RECORDED, answer(here))).toEqual([]);
  });

  test('when it keeps no account of who wrote which field', () => {
    const recorded = { ...job(), metadata: { name: 'train', managedFields: [{ manager: 'kubectl' }] } };
    expect(
      compareAnswer({ ...RECORDED, body: recorded }, answer({ ...job(), metadata: { name: 'train' } })),
    ).toEqual([]);
  });
});

describe('a change of listed fields alone', () => {
  const pod = (status: Readonly<Record<string, unknown>>, resourceVersion: string): unknown => ({
    kind: 'Pod',
    metadata: { name: 'train-x', uid: UID, resourceVersion },
    status: { phase: 'Running', ...status },
  });
  const modified = (status: Readonly<Record<string, unknown>>, version: string): unknown => ({
    type: 'MODIFIED',
    object: pod(status, version),
  });
  const watch = (events: readonly unknown[]): NonNullable<Recording['response']> => ({
    status: 200,
    headers: JSON_TYPE,
    events: events as { type: string; object: unknown }[],
    endedBy: 'server-end',
  });
  const stream = (events: readonly unknown[]): Answer =>
    answer(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  const withMemory = modified({ resources: { limits: { memory: '1Ki' } } }, '2');
  const without = modified({ resources: {} }, '3');
  const succeeded = modified({ phase: 'Succeeded', resources: {} }, '4');

  test('is no event of its own, wherever it stands', () => {
    expect(compareAnswer(watch([withMemory, without, succeeded]), stream([withMemory, succeeded]))).toEqual(
      [],
    );
    expect(compareAnswer(watch([withMemory, succeeded]), stream([withMemory, without, succeeded]))).toEqual(
      [],
    );
  });

  test('hides no other change beside it, and no order', () => {
    const failed = modified({ phase: 'Failed', resources: {} }, '3');
    expect(compareAnswer(watch([withMemory, failed]), stream([withMemory]))).not.toEqual([]);
    expect(compareAnswer(watch([withMemory, succeeded]), stream([succeeded, withMemory]))).not.toEqual([]);
  });

  test('does not excuse an event that comes twice', () => {
    const again = modified({ phase: 'Succeeded', resources: {} }, '5');
    expect(compareAnswer(watch([succeeded]), stream([succeeded, again]))).toEqual([
      'body.events: recorded 1 entries, here 2',
    ]);
  });
});

describe('an answer differs from the recorded one', () => {
  test('by its status', () => {
    expect(compareAnswer(RECORDED, answer(job(), 201))).toEqual(['status: recorded 200, here 201']);
  });

  test('by a header that means something', () => {
    const recorded = { ...RECORDED, headers: { ...JSON_TYPE, warning: '299 - "unknown field"' } };
    expect(compareAnswer(recorded, answer(job()))).toEqual([
      'headers.warning: recorded "299 - \\"unknown field\\"", here nothing',
    ]);
  });

  test('by a member more, and by a member less', () => {
    expect(compareAnswer(RECORDED, answer(job({ status: {} })))).toHaveLength(1);
    expect(compareAnswer({ ...RECORDED, body: job({ status: {} }) }, answer(job()))).toHaveLength(1);
  });

  test('by two ids that are one in the recording', () => {
    const here = job({ spec: { selector: { matchLabels: { 'controller-uid': OTHER_UID } } } });
    expect(compareAnswer(RECORDED, answer(here))).toHaveLength(1);
  });

  test('by a time where there was none', () => {
    const recorded = { ...RECORDED, body: job({ firstTimestamp: null }) };
    expect(compareAnswer(recorded, answer(job({ firstTimestamp: '2026-01-01T00:06:06Z' })))).toHaveLength(1);
  });

  test('by the order of the events of a watch', () => {
    const added = { type: 'ADDED', object: job() };
    const deleted = { type: 'DELETED', object: job() };
    const recorded = {
      ...RECORDED,
      events: [added, deleted],
      endedBy: 'server-end' as const,
      body: undefined,
    };
    const lines = (events: readonly unknown[]): string =>
      events.map((event) => `${JSON.stringify(event)}\n`).join('');
    expect(compareAnswer(recorded, answer(lines([added, deleted])))).toEqual([]);
    expect(compareAnswer(recorded, answer(lines([deleted, added])))).toHaveLength(2);
  });

  test('by a stream that ends where the recorded one went on', () => {
    const recorded = { ...RECORDED, events: [], endedBy: 'client-closed' as const, body: undefined };
    expect(compareAnswer(recorded, answer(''))).toEqual(['body.ended: recorded false, here true']);
  });

  test('by a text', () => {
    const recorded = { status: 200, headers: {}, text: 'before\nbad\n' };
    expect(compareAnswer(recorded, answer('before\n', 200, {}))).toHaveLength(1);
  });
});
