import { once } from 'node:events';
import { createServer, type Server } from 'node:http';

import { ApiError, UnexpectedAnswerError, UnreachableError } from '../../client/errors';
import { createGpuJobsClient, type GpuJobsClient } from '../../client/gpu-jobs-client';
import { JOB_ID, SUCCEEDED } from './support/jobs';
import { type Answer, type Asked, json, refused, scriptedFetch } from './support/scripted-fetch';

const SUBMITTED = { id: JOB_ID, state: 'Queued', links: { self: '/', logs: '/', cancel: '/' } };

interface Stage {
  readonly client: GpuJobsClient;
  readonly asked: readonly Asked[];
  /** Milliseconds of each pause between tries. */
  readonly pauses: readonly number[];
}

function addressOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return `http://127.0.0.1:${address.port}`;
}

/** A stage on which only pauses take time. */
function stage(answer: (asked: Asked, number: number) => Answer, key?: string): Stage {
  const { fetch, asked } = scriptedFetch(answer);
  const pauses: number[] = [];
  let now = 0;
  const client = createGpuJobsClient({
    url: 'https://app.example/',
    key,
    fetch,
    random: () => 0.5,
    clock: { now: () => now, monotonic: () => now },
    pause: (ms) => {
      pauses.push(ms);
      now += ms;
      return Promise.resolve();
    },
  });
  return { client, asked, pauses };
}

describe('a request', () => {
  test('carries the key in a header and never in its address', async () => {
    const { client, asked } = stage(() => json(SUCCEEDED), 'secret');
    await client.jobs.get(JOB_ID);
    expect(asked[0]?.headers.get('x-functions-key')).toBe('secret');
    expect(asked[0]?.path).toBe(`/api/jobs/${JOB_ID}`);
  });

  test('does not take the key along to where a redirect leads', async () => {
    const asked: string[] = [];
    const elsewhere = createServer((request, response) => {
      asked.push(String(request.headers['x-functions-key']));
      response.end('{}');
    });
    const first = createServer((_, response) => {
      response.writeHead(307, { location: addressOf(elsewhere) }).end();
    });
    await Promise.all([elsewhere, first].map((server) => once(server.listen(0, '127.0.0.1'), 'listening')));
    const client = createGpuJobsClient({ url: addressOf(first), key: 'secret' });
    await expect(client.jobs.get(JOB_ID)).rejects.toThrow('a redirect, which is not followed');
    for (const server of [elsewhere, first]) {
      server.closeAllConnections();
      server.close();
    }
    expect(asked).toEqual([]);
  });

  test('with a key goes over http on this machine alone', () => {
    const url = 'http://app.example';
    expect(() => createGpuJobsClient({ url, key: 'secret' })).toThrow('everybody on the way could read it');
    expect(() => createGpuJobsClient({ url })).not.toThrow();
    expect(() => createGpuJobsClient({ url: 'http://127.0.0.1:7071', key: 'secret' })).not.toThrow();
    expect(() => createGpuJobsClient({ url: 'https://app.example', key: 'secret' })).not.toThrow();
  });

  test('cannot be led elsewhere by an id', async () => {
    const { client, asked } = stage(() => json(SUCCEEDED));
    await client.jobs.get('../drain?x=');
    expect(asked[0]?.path).toBe('/api/jobs/..%2Fdrain%3Fx%3D');
  });

  test.each(['https://app.example/api', 'https://app.example/api/', 'https://app.example'])(
    'finds the API whether or not its address names it: %s',
    async (url) => {
      const { fetch, asked } = scriptedFetch(() => json(SUCCEEDED));
      await createGpuJobsClient({ url, fetch }).jobs.get(JOB_ID);
      expect(asked[0]?.path).toBe(`/api/jobs/${JOB_ID}`);
    },
  );

  test('sends a document as it is, and a spec as JSON', async () => {
    const { client, asked } = stage(() => json(SUBMITTED, { status: 202 }));
    await client.jobs.submit('image: x\n', { format: 'native' });
    await client.jobs.submit({ image: 'x' });
    expect(asked.map(({ body }) => body)).toEqual(['image: x\n', '{"image":"x"}']);
    expect(asked[0]?.path).toBe('/api/jobs?format=native');
  });
});

describe('a repetition', () => {
  test('of a read follows if nothing answers, after longer and longer pauses', async () => {
    const { client, pauses } = stage((_, number) => (number < 3 ? refused() : json(SUCCEEDED)));
    await expect(client.jobs.get(JOB_ID)).resolves.toMatchObject({ id: JOB_ID });
    expect(pauses).toEqual([187.5, 375, 750]);
  });

  test('of a submission carries the same key', async () => {
    const { client, asked } = stage((_, number) =>
      number === 0 ? refused() : json(SUBMITTED, { status: 202 }),
    );
    await client.jobs.submit({ image: 'x' });
    const keys = asked.map(({ headers }) => headers.get('idempotency-key'));
    expect(keys).toHaveLength(2);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(keys[1]).toBe(keys[0]);
  });

  test('never follows a request that would do its work twice', async () => {
    const { client, asked } = stage(() => refused());
    await expect(client.deployment.drain(true)).rejects.toThrow(UnreachableError);
    await expect(client.jobs.cancel(JOB_ID)).rejects.toThrow(UnreachableError);
    // The text may name a key of its own, which a header must not contradict.
    await expect(client.jobs.submit('idempotencyKey: mine\nimage: x')).rejects.toThrow(UnreachableError);
    expect(asked).toHaveLength(3);
    expect(asked[2]?.headers.has('idempotency-key')).toBe(false);
  });

  test('waits for as long as the service asks', async () => {
    const busy = (): Response => new Response('', { status: 429, headers: { 'retry-after': '4' } });
    const { client, pauses } = stage((_, number) => (number === 0 ? busy() : json(SUCCEEDED)));
    await client.jobs.get(JOB_ID);
    expect(pauses).toEqual([4000]);
  });

  test('ends with patience, and says how often it was tried and why', async () => {
    const { client, pauses } = stage(() => refused());
    await expect(client.jobs.get(JOB_ID)).rejects.toThrow(
      /No answer from https:\/\/app.example \(\d+ tries\): connect ECONNREFUSED/,
    );
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(10_000);
  });

  test('never follows a refusal', async () => {
    const { client, asked } = stage(() => json({}, { status: 400 }));
    await expect(client.jobs.get(JOB_ID)).rejects.toThrow(ApiError);
    expect(asked).toHaveLength(1);
  });
});

describe('an error', () => {
  test('names each wrong field, as the problem details do', async () => {
    const problem = {
      type: 'about:blank',
      title: 'Invalid job spec',
      status: 400,
      detail: '1 thing is wrong.',
      errors: [{ line: 3, column: 5, pointer: '/gpu/count', detail: 'must be a positive whole number' }],
    };
    const { client } = stage(() => json(problem, { status: 400 }));
    const error: unknown = await client.jobs.submit('x').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 400, message: '1 thing is wrong.', errors: problem.errors });
  });

  test('says what a host without problem details means by its status', async () => {
    const { client } = stage(() => new Response('', { status: 401 }));
    await expect(client.jobs.get(JOB_ID)).rejects.toThrow(/function key/);
  });

  test('tells an answer that is none of this API', async () => {
    const page = stage(() => new Response('<html>'));
    await expect(page.client.jobs.get(JOB_ID)).rejects.toThrow(UnexpectedAnswerError);
    const other = stage(() => json({ hello: 'world' }));
    await expect(other.client.jobs.list()).rejects.toThrow(UnexpectedAnswerError);
  });
});

test('fields of a newer deployment pass', async () => {
  const { client } = stage(() => json({ ...SUCCEEDED, colour: 'green' }));
  await expect(client.jobs.get(JOB_ID)).resolves.toMatchObject({ state: 'Succeeded' });
});

test('a list is read page by page, for as long as more is asked for', async () => {
  const summary = {
    id: JOB_ID,
    state: 'Queued',
    cleanup: 'none',
    attempt: 0,
    labels: {},
    createdAt: SUCCEEDED.createdAt,
  };
  const { client, asked } = stage((_, number) =>
    json({ jobs: [summary], ...(number < 2 ? { continuation: `page-${number}` } : {}) }),
  );
  const ids: string[] = [];
  for await (const { id } of client.jobs.listAll({ states: ['Queued'] })) ids.push(id);
  expect(ids).toHaveLength(3);
  expect(asked.map(({ path }) => path)).toEqual([
    '/api/jobs?state=Queued',
    '/api/jobs?continuation=page-0&state=Queued',
    '/api/jobs?continuation=page-1&state=Queued',
  ]);
});

test('a deployment that is not well is an answer, not an error', async () => {
  const { client } = stage(() => json({ status: 'storage unreachable', detail: 'why' }, { status: 503 }));
  await expect(client.deployment.health()).resolves.toMatchObject({ well: false, detail: 'why' });
});
