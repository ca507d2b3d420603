// One HTTP exchange with an API server, over connections that are kept open for the next.
import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

import { VERSION } from '../../../domain/version';
import { bodyWithin } from './answer-body';
import { retryAfterS, serverTime } from './answer-headers';
import type { ClusterAccess } from './cluster-access';
import type { ClusterAnswer, ClusterRequest } from './cluster-api';

/** Rejects with Node's own error where no whole answer came. */
export type Exchange = (
  access: ClusterAccess,
  request: ClusterRequest,
  signal: AbortSignal,
) => Promise<ClusterAnswer>;

/** An idle connection is closed by us before the server does: a request on one just closed would get no answer. */
const AGENT = { keepAlive: true, timeout: 15_000, maxSockets: 32 } as const;

/** Connections are shared by requests of one server, authority and client certificate. */
export function createExchange(): Exchange {
  const http = new HttpAgent(AGENT);
  const https = new HttpsAgent(AGENT);

  return async (access, request, signal) => {
    const url = requestUrl(access.server, request.path);
    const body = request.body === undefined ? undefined : Buffer.from(JSON.stringify(request.body));
    const options = { method: request.method, headers: headers(access, request, body), signal };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const sending =
        url.protocol === 'http:'
          ? httpRequest(url, { ...options, agent: http })
          : httpsRequest(url, { ...options, ...access.tls, agent: https });
      sending.on('response', resolve);
      sending.on('error', reject); // Once an answer has begun, reading it fails instead.
      sending.end(body);
    });
    return {
      status: response.statusCode ?? 0,
      ...(await bodyWithin(response, request)),
      serverTime: serverTime(response.headers),
      retryAfterS: retryAfterS(response.headers),
    };
  };
}

/** The server's own path goes first: some clusters stand behind one host, each with a path. */
export function requestUrl(server: URL, path: string): URL {
  return new URL(`${server.origin}${server.pathname.replace(/\/$/, '')}${path}`);
}

function headers(
  { token }: ClusterAccess,
  { accept = 'application/json', contentType = 'application/json' }: ClusterRequest,
  body: Buffer | undefined,
): Record<string, string> {
  return {
    accept,
    'user-agent': `gpu-job-runner/${VERSION}`,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-type': contentType, 'content-length': String(body.length) }),
  };
}
