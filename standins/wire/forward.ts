// Passes requests on to another server, as a gateway does: what the client named stays the address in all answers.
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request as send } from 'node:http';

import { type BodySink, ConnectionLost, type Handler, type WireRequest, type WireResponse } from './handler';

/** Of one connection alone (RFC 9110, 7.6.1); the next one has its own. */
const OF_THE_CONNECTION = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
]);

/** A connection for each request: one that was kept may break just when a request is sent on it. */
const ONE_REQUEST_EACH = new Agent({ keepAlive: false });

/**
 * To `http://127.0.0.1:PORT`. Each request is sent once. Method, address, headers and body arrive as they came, `Host`
 * included; the scheme goes into `X-Forwarded-Proto`. Answers come back as they are made, piece by piece. Where the
 * connection breaks, the client's breaks too: it learns as much as it would have without the gateway.
 */
export function forwardTo(port: number): Handler {
  return (request) =>
    new Promise<WireResponse>((resolve, reject) => {
      const { method, url, body } = request;
      const outgoing = send({
        ...{ host: '127.0.0.1', port, method, path: url.pathname + url.search, agent: ONE_REQUEST_EACH },
        headers: headersOf(request),
      });
      outgoing.once('error', (error) => reject(new ConnectionLost(error.message, { cause: error })));
      outgoing.once('response', (answer) => resolve(responseOf(answer)));
      outgoing.end(body);
    });
}

function headersOf({ headers, url, body }: WireRequest): Record<string, string> {
  return {
    ...Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_THE_CONNECTION.has(name))),
    host: url.host,
    'x-forwarded-proto': url.protocol.slice(0, -1),
    ...(body.length > 0 && { 'content-length': String(body.length) }),
  };
}

function responseOf(answer: IncomingMessage): WireResponse {
  const { 'set-cookie': cookies, ...headers } = answer.headers;
  return {
    status: answer.statusCode ?? 502,
    headers: endToEnd(headers),
    ...(cookies !== undefined && { cookies }),
    stream: { open: (sink) => carry(answer, sink) },
  };
}

function endToEnd(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !OF_THE_CONNECTION.has(name))
      .map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}

/** Returns what ends the answer when nobody wants it any more. */
function carry(answer: IncomingMessage, sink: BodySink): () => void {
  answer.on('data', (chunk: Buffer) => sink.write(chunk));
  answer.once('end', () => sink.end());
  answer.once('error', () => sink.abort());
  return () => answer.destroy();
}
