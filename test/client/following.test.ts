import { createGpuJobsClient, type GpuJobsClient } from '../../client/gpu-jobs-client';
import { createLogText } from '../../client/log-text';
import { JOB_ID, RUNNING, SUCCEEDED } from './support/jobs';
import { type Answer, type Asked, json, refused, scriptedFetch } from './support/scripted-fetch';

function stage(answer: (asked: Asked, number: number) => Answer): {
  client: GpuJobsClient;
  asked: readonly Asked[];
} {
  const { fetch, asked } = scriptedFetch(answer);
  const client = createGpuJobsClient({ url: 'https://app.example', fetch, pause: () => Promise.resolve() });
  return { client, asked };
}

/** A log that the API serves in pieces of `size` bytes. */
function logServer(text: string, size: number): (asked: Asked) => Response {
  const all = Buffer.from(text);
  return ({ path }) => {
    const from = Number(new URL(path, 'https://x').searchParams.get('from'));
    const bytes = all.subarray(from, from + size);
    const next = from + bytes.length;
    const headers = {
      'x-log-next': String(next),
      'x-log-final': String(next === all.length),
      'x-log-gaps': '[]',
    };
    return new Response(bytes, { headers });
  };
}

describe('following a log', () => {
  test.each([1, 2, 3, 7, 100])('gives every byte once and in order, %i bytes at a time', async (size) => {
    const text = 'line äöü 漢字 🎉\nsecond\n';
    const { client } = stage(logServer(text, size));
    const decoder = createLogText();
    let read = '';
    for await (const { bytes } of client.logs.follow(JOB_ID, { attempt: 1 })) read += decoder.decode(bytes);
    expect(read + decoder.end()).toBe(text);
  });

  test('goes on at its offset after a try without an answer', async () => {
    const serve = logServer('abcdef', 3);
    const { client, asked } = stage((request, number) => (number === 1 ? refused() : serve(request)));
    const slices: string[] = [];
    for await (const { bytes } of client.logs.follow(JOB_ID)) slices.push(Buffer.from(bytes).toString());
    expect(slices).toEqual(['abc', 'def']);
    expect(asked.map(({ path }) => new URL(path, 'https://x').searchParams.get('from'))).toEqual([
      '0',
      '3',
      '3',
    ]);
  });

  test('returns the gaps beside the bytes', async () => {
    const gap = { at: 3, kind: 'missing', why: 'the window had moved on' };
    const headers = { 'x-log-next': '3', 'x-log-final': 'true', 'x-log-gaps': JSON.stringify([gap]) };
    const { client } = stage(() => new Response('abc', { headers }));
    const slices = [];
    for await (const slice of client.logs.follow(JOB_ID)) slices.push(slice);
    expect(slices).toMatchObject([{ gaps: [gap], final: true }]);
  });
});

describe('watching a job', () => {
  const tagged = (value: unknown, etag: string): Response => json(value, { headers: { etag } });

  test('waits for the next version of the one it knows, and ends with the job', async () => {
    const answers = [
      (): Response => tagged(RUNNING, '"1"'),
      (): Response => new Response(null, { status: 304, headers: { etag: '"1"' } }),
      (): Response => tagged(SUCCEEDED, '"2"'),
    ];
    const { client, asked } = stage((_, number) => answers[number]?.() ?? new Error('asked too often'));
    const states: string[] = [];
    for await (const { state } of client.watch(JOB_ID)) states.push(state);
    expect(states).toEqual(['Running', 'Succeeded']);
    expect(asked.map(({ headers }) => headers.get('if-none-match'))).toEqual([null, '"1"', '"1"']);
    expect(asked[1]?.path).toContain('wait=');
  });

  test('until gone goes on past the outcome', async () => {
    const gone = {
      ...SUCCEEDED,
      attempts: SUCCEEDED.attempts.map((one) => ({ ...one, cleanup: 'gone' as const })),
    };
    const { client } = stage((_, number) => tagged(number === 0 ? SUCCEEDED : gone, `"${number}"`));
    await expect(client.untilOver(JOB_ID, { until: 'gone' })).resolves.toMatchObject({
      attempts: [{ cleanup: 'gone' }],
    });
  });

  test('ends when it is aborted', async () => {
    const controller = new AbortController();
    const { client } = stage(() => {
      controller.abort(new Error('enough'));
      return new DOMException('aborted', 'AbortError');
    });
    await expect(client.untilOver(JOB_ID, { signal: controller.signal })).rejects.toThrow('enough');
  });
});
