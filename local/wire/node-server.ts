// Serves a handler over HTTP on loopback.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import type { Handler, WireRequest } from './handler';

export interface RunningServer {
  /** `http://127.0.0.1:<port>`, without a trailing slash. */
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
  /** Told of a handler that threw; the client gets a 500 without details. */
  readonly onError: (error: unknown, request: WireRequest) => void;
}

/** Starts serving `handler`; rejects when the port is taken. */
export async function serve(handler: Handler, options: ServeOptions): Promise<RunningServer> {
  const maxBodyBytes = options.maxBodyBytes ?? 16 * 1024 * 1024;
  const server = createServer((incoming, outgoing) => {
    void answer(incoming, outgoing, handler, maxBodyBytes, options.onError);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error(`No TCP address for the server on port ${options.port}.`);
  return {
    origin: `http://127.0.0.1:${address.port}`,
    port: address.port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeIdleConnections();
      }),
  };
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  handler: Handler,
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
    outgoing.destroy(); // The client went away in mid-request: there is nobody to answer.
    return;
  }
  const origin = `http://${incoming.headers.host ?? '127.0.0.1'}`;
  if (!URL.canParse(origin + (incoming.url ?? '/'))) {
    outgoing.writeHead(400).end();
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
    outgoing.writeHead(response.status, { ...response.headers, ...cookies }).end(response.body);
  } catch (error) {
    onError(error, request);
    if (!outgoing.headersSent) outgoing.writeHead(500);
    outgoing.end();
  }
}
