// Serves a handler over HTTP or HTTPS on loopback.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Server, Socket } from 'node:net';

import { createTwoSchemes } from './both-schemes';
import { type BodyStream, ConnectionLost, type Handler, type WireRequest } from './handler';
import { keepIdle } from './idle-connections';
import { isFromWebPage } from './web-page';

export interface RunningServer {
  /** `http://127.0.0.1:<port>`, or with https, without a trailing slash. */
  readonly origin: string;
  readonly port: number;
  /** Stops accepting, drops idle connections and resolves when the last answer has been sent. */
  close(): Promise<void>;
}

export interface ServeOptions {
  /** 0 picks a free one. */
  readonly port: number;
  /** Larger bodies get 413. Default 16 MiB. */
  readonly maxBodyBytes?: number;
  /** If given, the server speaks https; plain http only with `plainToo`, on the same port. Both are in PEM. */
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly plainToo?: boolean;
  /**
   * Whether `X-Forwarded-Proto` says which scheme the client used, as behind a proxy that ends TLS. Only for servers on
   * loopback: a sender of that header could as well have asked for the answer to which it leads.
   */
  readonly behindProxy?: boolean;
  /** Called for a handler that threw. The client gets a 500 without details. */
  readonly onError: (error: unknown, request: WireRequest) => void;
}

/** Starts serving `handler` to programs of this machine, not to web pages; rejects when the port is taken. */
export async function serve(handler: Handler, options: ServeOptions): Promise<RunningServer> {
  const maxBodyBytes = options.maxBodyBytes ?? 16 * 1024 * 1024;
  const own = options.tls === undefined ? 'http' : 'https';
  const listener =
    (spoken: string) =>
    (incoming: IncomingMessage, outgoing: ServerResponse): void => {
      const scheme = (options.behindProxy === true ? forwardedScheme(incoming) : undefined) ?? spoken;
      void answer(incoming, outgoing, handler, scheme, maxBodyBytes, options.onError);
    };
  const { server, closeIdleConnections } = listenerServer(options, listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error(`No TCP address for the server on port ${options.port}.`);
  return {
    origin: `${own}://127.0.0.1:${address.port}`,
    port: address.port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        closeIdleConnections();
      }),
  };
}

function listenerServer(
  { tls, plainToo = false }: ServeOptions,
  listener: (spoken: string) => (incoming: IncomingMessage, outgoing: ServerResponse) => void,
): { readonly server: Server; readonly closeIdleConnections: () => void } {
  if (tls !== undefined && plainToo)
    return createTwoSchemes(tls, { http: listener('http'), https: listener('https') });
  const server = tls === undefined ? createServer(listener('http')) : createTlsServer(tls, listener('https'));
  const idle = new Set<Socket>();
  keepIdle(server, tls === undefined ? 'connection' : 'secureConnection', idle);
  return {
    server,
    closeIdleConnections: () => {
      for (const socket of idle) socket.destroy();
    },
  };
}

/** The first of the list is the client's own. A word other than http or https is ignored. */
function forwardedScheme({ headers }: IncomingMessage): string | undefined {
  const [first = ''] = String(headers['x-forwarded-proto'] ?? '').split(',');
  return /^https?$/.exec(first.trim().toLowerCase())?.[0];
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  handler: Handler,
  scheme: string,
  maxBodyBytes: number,
  onError: ServeOptions['onError'],
): Promise<void> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming) {
      if (!Buffer.isBuffer(chunk)) throw new TypeError('A request stream yields buffers.');
      size += chunk.length;
      if (size <= maxBodyBytes) chunks.push(chunk);
    }
  } catch {
    outgoing.destroy(); // The client went away during its request, so there is nothing to answer.
    return;
  }
  const origin = `${scheme}://${incoming.headers.host ?? '127.0.0.1'}`;
  if (!URL.canParse(origin + (incoming.url ?? '/'))) {
    outgoing.writeHead(400).end();
    return;
  }
  if (isFromWebPage(incoming.headers)) {
    outgoing.writeHead(403).end();
    return;
  }
  const request: WireRequest = {
    method: (incoming.method ?? 'GET').toUpperCase(),
    url: new URL(origin + (incoming.url ?? '/')),
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : (value ?? ''),
      ]),
    ),
    body: Buffer.concat(chunks),
  };
  if (size > maxBodyBytes) {
    outgoing.writeHead(413).end();
    return;
  }
  try {
    const response = await handler(request);
    const cookies = response.cookies === undefined ? {} : { 'set-cookie': [...response.cookies] };
    outgoing.writeHead(response.status, { ...response.headers, ...cookies });
    if (response.stream) carry(response.stream, outgoing);
    else outgoing.end(response.body);
  } catch (error) {
    if (error instanceof ConnectionLost) {
      outgoing.destroy();
      return;
    }
    onError(error, request);
    if (!outgoing.headersSent) outgoing.writeHead(500);
    outgoing.end();
  }
}

/** The headers go out at once: whoever watches must learn that the watch stands before anything happens. */
function carry(stream: BodyStream, outgoing: ServerResponse): void {
  outgoing.flushHeaders();
  let over = false;
  const cancel = stream.open({
    write: (chunk) => {
      if (!over) outgoing.write(chunk);
    },
    end: () => {
      over = true;
      outgoing.end();
    },
    abort: () => {
      over = true;
      outgoing.destroy();
    },
  });
  const gone = (): void => {
    if (over) return;
    over = true;
    cancel();
  };
  if (outgoing.destroyed) gone();
  else outgoing.once('close', gone);
}
