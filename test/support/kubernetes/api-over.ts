// The way to a cluster that is a handler in this process.
import type {
  ClusterAnswer,
  ClusterApi,
  ClusterRequest,
} from '../../../backends/kubernetes/cluster/cluster-api';
import { RetryableError } from '../../../domain/errors';
import { ConnectionLost, type Handler, type WireResponse } from '../../../standins/wire/handler';

const DEFAULT_MOST_BYTES = 16 * 1024 * 1024;

/** Answers that go on are no answers here: nothing that is asked follows or watches. `now`: epoch milliseconds. */
export function apiOver(handle: Handler, token: string, now: () => number): ClusterApi {
  return {
    send: async (request) => {
      try {
        return answerOf(await handle(wired(request, token)), request, now());
      } catch (error) {
        if (error instanceof ConnectionLost)
          throw new RetryableError('The cluster gave no answer: the connection was lost.');
        throw error;
      }
    },
  };
}

function wired({ method, path, body, accept, contentType }: ClusterRequest, token: string) {
  return {
    method,
    url: new URL(path, 'http://127.0.0.1:6443'),
    headers: {
      authorization: `Bearer ${token}`,
      accept: accept ?? 'application/json',
      ...(body === undefined ? {} : { 'content-type': contentType ?? 'application/json' }),
    },
    body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
  };
}

function answerOf(
  { status, headers = {}, body = '' }: WireResponse,
  { mostBytes = DEFAULT_MOST_BYTES, cut = false }: ClusterRequest,
  now: number,
): ClusterAnswer {
  const bytes = Buffer.from(body);
  const isLonger = bytes.length > mostBytes;
  if (isLonger && !cut) throw new RetryableError(`The answer is longer than ${mostBytes} bytes.`);
  const retryAfter = headers['retry-after'];
  return {
    status,
    body: bytes.subarray(0, mostBytes),
    isCut: isLonger,
    serverTime: Date.parse(headers['date'] ?? new Date(now).toUTCString()),
    retryAfterS: retryAfter === undefined ? undefined : Number(retryAfter),
  };
}
