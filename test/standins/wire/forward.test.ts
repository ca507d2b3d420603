import { once } from 'node:events';
import { connect } from 'node:net';

import { forwardTo } from '../../../standins/wire/forward';
import {
  type BodySink,
  ConnectionLost,
  type Handler,
  type WireRequest,
} from '../../../standins/wire/handler';
import { type RunningServer, serve } from '../../../standins/wire/node-server';

const running: RunningServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

async function start(handler: Handler): Promise<RunningServer> {
  const server = await serve(handler, {
    port: 0,
    behindProxy: true,
    onError: (error) => {
      throw error;
    },
  });
  running.push(server);
  return server;
}

/** The address of a gateway before a server that `handler` answers for. */
async function gatewayTo(handler: Handler): Promise<string> {
  const { port } = await start(handler);
  return (await start(forwardTo(port))).origin;
}

test('a request arrives as it was sent, at the address that the client named, and its answer comes back', async () => {
  const seen: WireRequest[] = [];
  const origin = await gatewayTo((request) => {
    seen.push(request);
    return {
      status: 201,
      headers: { 'azure-asyncoperation': `${request.url.origin}/operations/1`, 'x-a': 'b' },
      cookies: ['c=d', 'e=f'],
      body: Buffer.from([0, 255]),
    };
  });
  const answer = await fetch(`${origin}//p%20q?api-version=1&x=%2F`, {
    method: 'PUT',
    headers: { authorization: 'Bearer any' },
    body: 'äöü',
  });
  expect(seen.map(({ method, url, body }) => [method, url.href, body.toString()])).toEqual([
    ['PUT', `${origin}//p%20q?api-version=1&x=%2F`, 'äöü'],
  ]);
  expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer any' });
  expect(answer.status).toBe(201);
  expect(answer.headers.get('azure-asyncoperation')).toBe(`${origin}/operations/1`);
  expect(answer.headers.getSetCookie()).toEqual(['c=d', 'e=f']);
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(Buffer.from([0, 255]));
});

test('addresses in answers keep the scheme that the client used', async () => {
  const origin = await gatewayTo(({ url }) => ({ status: 200, body: url.origin }));
  const answer = await fetch(origin, { headers: { 'x-forwarded-proto': 'https' } });
  expect(await answer.text()).toBe(origin.replace('http:', 'https:'));
});

test.each(['HEAD', 'DELETE'])('an answer to %s may have no body', async (method) => {
  const origin = await gatewayTo(() => ({ status: 204, headers: { 'x-a': 'b' } }));
  const answer = await fetch(origin, { method });
  expect([answer.status, answer.headers.get('x-a'), await answer.text()]).toEqual([204, 'b', '']);
});

describe('an answer that goes on', () => {
  let opened: Promise<BodySink>;
  let gone: Promise<void>;

  function streaming(): Handler {
    let open: (sink: BodySink) => void;
    let leave: () => void;
    opened = new Promise((resolve) => (open = resolve));
    gone = new Promise((resolve) => (leave = resolve));
    return () => ({
      status: 200,
      stream: {
        open: (sink) => {
          open(sink);
          return () => leave();
        },
      },
    });
  }

  test('comes piece by piece', async () => {
    const answer = await fetch(await gatewayTo(streaming()));
    const sink = await opened;
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (const piece of ['one', 'two']) {
      sink.write(piece);
      expect((await reader?.read())?.value).toBe(piece);
    }
    sink.end();
    expect((await reader?.read())?.done).toBe(true);
  });

  test('is seen to break where it breaks', async () => {
    const answer = await fetch(await gatewayTo(streaming()));
    const sink = await opened;
    sink.write('begun');
    sink.abort();
    await expect(answer.text()).rejects.toThrow();
  });

  test('ends for the server behind when the client goes away', async () => {
    const origin = new URL(await gatewayTo(streaming()));
    const client = connect(Number(origin.port), origin.hostname);
    await once(client, 'connect');
    client.write(`GET / HTTP/1.1\r\nHost: ${origin.host}\r\n\r\n`);
    await opened;
    client.destroy();
    await gone;
  });
});

test('where the connection behind breaks, or there is none, the client gets no answer', async () => {
  const origin = await gatewayTo(() => {
    throw new ConnectionLost();
  });
  await expect(fetch(origin)).rejects.toThrow('fetch failed');
  const closed = await start(() => ({ status: 200 }));
  await running.pop()?.close();
  const request = { method: 'GET', url: new URL(closed.origin), headers: {}, body: Buffer.alloc(0) };
  await expect(forwardTo(closed.port)(request)).rejects.toThrow(ConnectionLost);
});
