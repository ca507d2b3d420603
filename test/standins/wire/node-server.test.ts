import { once } from 'node:events';
import { IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';

import { z } from 'zod';

import { issueCertificate } from '../../../standins/tls/certificate';
import { type BodySink, ConnectionLost, type WireRequest } from '../../../standins/wire/handler';
import { type RunningServer, serve } from '../../../standins/wire/node-server';

let server: RunningServer | undefined;
afterEach(() => server?.close());

const errors: unknown[] = [];
const start = async (handler: Parameters<typeof serve>[0]): Promise<RunningServer> => {
  server = await serve(handler, { port: 0, maxBodyBytes: 10, onError: (error) => errors.push(error) });
  return server;
};

test('the handler sees method, address, headers and body; its answer goes out with a header for each cookie', async () => {
  const seen: WireRequest[] = [];
  const { origin } = await start((request) => {
    seen.push(request);
    return { status: 201, headers: { 'x-a': 'b' }, cookies: ['c=d', 'e=f'], body: Buffer.from([0, 255]) };
  });
  const response = await fetch(`${origin}/p?q=1`, {
    method: 'PUT',
    headers: { 'X-In': 'y' },
    body: '0123456789',
  });
  expect([response.status, response.headers.get('x-a'), response.headers.getSetCookie()]).toEqual([
    201,
    'b',
    ['c=d', 'e=f'],
  ]);
  expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from([0, 255]));
  expect(
    seen.map(({ method, url, headers, body }) => [method, url.href, headers['x-in'], body.toString()]),
  ).toEqual([['PUT', `${origin}/p?q=1`, 'y', '0123456789']]);
});

test('a body over the limit is answered 413 and the handler does not see it', async () => {
  const { origin } = await start(() => {
    throw new Error('not to be called');
  });
  expect((await fetch(origin, { method: 'POST', body: '01234567890' })).status).toBe(413);
  expect(errors).toEqual([]);
});

describe('what a web page has a browser send is refused before the handler sees it', () => {
  /** fetch would set these headers itself. */
  const statusOf = async (port: number, headers: Record<string, string>): Promise<number | undefined> => {
    const sent = httpRequest({ port, host: '127.0.0.1', method: 'POST', headers }).end('{}');
    const [response] = z.tuple([z.instanceof(IncomingMessage)]).parse(await once(sent, 'response'));
    response.resume();
    return response.statusCode;
  };

  test.each([
    ['by another site', { origin: 'https://evil.example' }, 403],
    ['by another server on this machine', { origin: 'http://localhost:3000' }, 403],
    ['by a page without an origin', { origin: 'null' }, 403],
    ['by a site whose name was made to lead here', { host: 'evil.example:7071' }, 403],
    ['but not what its own pages send', { host: 'localhost:1', origin: 'http://localhost:1' }, 200],
    ['but not what programs send', { host: '[::1]:1' }, 200],
  ])('%s', async (_, headers: Record<string, string>, status) => {
    let seen = 0;
    const { port } = await start(() => {
      seen += 1;
      return { status: 200 };
    });
    expect(await statusOf(port, headers)).toBe(status);
    expect(seen).toBe(status === 200 ? 1 : 0);
  });
});

test('a handler that throws gives an empty 500, and the owner gets the error', async () => {
  const { origin } = await start(() => {
    throw new Error('broken');
  });
  const response = await fetch(origin);
  expect([response.status, await response.text()]).toEqual([500, '']);
  expect(errors.splice(0)).toEqual([new Error('broken')]);
});

describe('an answer that goes on', () => {
  /** A server of one stream; `sink` settles when it is opened, `canceled` when it is told that the client has gone. */
  const startStream = async (): Promise<{
    origin: string;
    sink: Promise<BodySink>;
    canceled: Promise<void>;
  }> => {
    let opened: (sink: BodySink) => void;
    let gone: () => void;
    const sink = new Promise<BodySink>((resolve) => (opened = resolve));
    const canceled = new Promise<void>((resolve) => (gone = resolve));
    const open = (given: BodySink): (() => void) => {
      opened(given);
      return gone;
    };
    const { origin } = await start(() => ({ status: 200, stream: { open } }));
    return { origin, sink, canceled };
  };

  test('begins before there is anything to read, and reaches the client piece by piece', async () => {
    const { origin, sink } = await startStream();
    const response = await fetch(origin);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const opened = await sink;
    for (const piece of ['one', 'two']) {
      opened.write(piece);
      expect(await reader?.read()).toEqual({ done: false, value: piece });
    }
    opened.end();
    expect((await reader?.read())?.done).toBe(true);
  });

  test('stops when the client goes away', async () => {
    const { origin, canceled } = await startStream();
    const leaving = new AbortController();
    await fetch(origin, { signal: leaving.signal });
    leaving.abort();
    await expect(canceled).resolves.toBeUndefined();
  });

  test('that is broken off is no complete body', async () => {
    const { origin, sink } = await startStream();
    const response = await fetch(origin);
    (await sink).abort();
    await expect(response.text()).rejects.toThrow();
  });
});

test('a handler that loses the connection gives no answer at all', async () => {
  const { origin } = await start(() => {
    throw new ConnectionLost();
  });
  await expect(fetch(origin)).rejects.toThrow('fetch failed');
  expect(errors).toEqual([]);
});

test('a connection on which nothing was asked yet does not keep the server open', async () => {
  const running = await start(() => ({ status: 200 }));
  const { origin, port } = running;
  const silent = connect(port, '127.0.0.1');
  await once(silent, 'connect');
  await fetch(origin); // By now the server has accepted the silent one, too.
  const closed = once(silent, 'close');
  await running.close();
  server = undefined;
  await closed;
});

test('a request whose address makes no sense is answered 400', async () => {
  const { port } = await start(() => ({ status: 200 }));
  const socket = connect(port, '127.0.0.1');
  socket.end('GET / HTTP/1.1\r\nHost: not a host\r\nConnection: close\r\n\r\n');
  const answer = await new Promise<string>((resolve) =>
    socket.once('data', (data) => resolve(data.toString())),
  );
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  socket.destroy();
});

describe('the address that the handler sees', () => {
  const originOf = async (headers: Record<string, string>, behindProxy?: boolean): Promise<string> => {
    let seen = '';
    server = await serve(
      ({ url }) => {
        seen = url.origin;
        return { status: 204 };
      },
      {
        port: 0,
        ...(behindProxy !== undefined && { behindProxy }),
        onError: (error) => errors.push(error),
      },
    );
    await fetch(server.origin, { headers });
    await server.close();
    server = undefined;
    return seen.replace(/:\d+$/, '');
  };

  test('has the scheme that the client used in front of a proxy', async () => {
    expect(await originOf({ 'X-Forwarded-Proto': 'https' }, true)).toBe('https://127.0.0.1');
    expect(await originOf({ 'X-Forwarded-Proto': 'HTTPS, http' }, true)).toBe('https://127.0.0.1');
    expect(await originOf({ 'X-Forwarded-Proto': 'http' }, true)).toBe('http://127.0.0.1');
  });

  test('has the own scheme where no proxy is expected, or where what it says makes no sense', async () => {
    expect(await originOf({ 'X-Forwarded-Proto': 'https' })).toBe('http://127.0.0.1');
    expect(await originOf({ 'X-Forwarded-Proto': 'javascript' }, true)).toBe('http://127.0.0.1');
    expect(await originOf({}, true)).toBe('http://127.0.0.1');
  });

  test('is https where the server speaks TLS, to a client that trusts its authority', async () => {
    const now = Date.now();
    const { authority, certificate, privateKey } = issueCertificate({
      from: new Date(now - 60_000),
      until: new Date(now + 60_000),
      hosts: ['localhost', '127.0.0.1'],
    });
    let seen = '';
    server = await serve(
      ({ url }) => {
        seen = url.origin;
        return { status: 200, body: 'secret' };
      },
      { port: 0, tls: { cert: certificate, key: privateKey }, onError: (error) => errors.push(error) },
    );
    expect(server.origin).toBe(`https://127.0.0.1:${server.port}`);
    const ask = (url: string, ca?: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const request = httpsRequest(url, { agent: false, ...(ca !== undefined && { ca }) }, (response) =>
          response.setEncoding('utf8').on('data', resolve),
        );
        request.on('error', reject).end();
      });
    expect(await ask(server.origin, authority)).toBe('secret');
    expect(await ask(`https://localhost:${server.port}`, authority)).toBe('secret');
    expect(seen).toBe(`https://localhost:${server.port}`);
    await expect(ask(server.origin)).rejects.toThrow(/unable to verify|self.signed/);
  });

  test('is the one that each client speaks where one port takes both', async () => {
    const now = Date.now();
    const { authority, certificate, privateKey } = issueCertificate({
      from: new Date(now - 60_000),
      until: new Date(now + 60_000),
      hosts: ['127.0.0.1'],
    });
    const faults: unknown[] = [];
    server = await serve(({ url, body }) => ({ status: 200, body: `${url.protocol} ${body.length}` }), {
      port: 0,
      tls: { cert: certificate, key: privateKey },
      plainToo: true,
      onError: (error) => faults.push(error),
    });
    const url = `127.0.0.1:${server.port}`;
    const body = 'x'.repeat(300_000);
    const secure = (): Promise<string> =>
      new Promise((resolve, reject) => {
        const options = { agent: false, ca: authority, method: 'POST' } as const;
        const request = httpsRequest(`https://${url}`, options, (response) =>
          response.setEncoding('utf8').on('data', resolve),
        );
        request.on('error', reject).end(body);
      });
    const plain = async (): Promise<string> =>
      (await fetch(`http://${url}`, { method: 'POST', body })).text();
    const silent = connect(server.port, '127.0.0.1');
    await once(silent, 'connect');
    const said = await Promise.all([secure(), plain(), secure(), plain()]);
    expect(said).toEqual(['https: 300000', 'http: 300000', 'https: 300000', 'http: 300000']);
    expect(faults).toEqual([]);
    silent.on('error', () => undefined);
    await server.close(); // A client that has said nothing yet does not keep it open.
    server = undefined;
  });
});
