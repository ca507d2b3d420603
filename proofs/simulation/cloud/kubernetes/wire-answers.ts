// Answers that come from before the API server, or from a server that could not carry a request out.
import { json, type WireResponse } from '../../../../standins/wire/handler';

/** A Status that says nothing of what became of the request. */
export function statusAnswer(code: 500 | 503): WireResponse {
  const said = {
    500: { reason: 'InternalError', message: 'Internal error occurred: etcdserver: leader changed' },
    503: { reason: 'ServiceUnavailable', message: 'the server is currently unable to handle the request' },
  }[code];
  return json(code, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', ...said, code });
}

/** What is no Status (docs/facts/kubernetes.md#requests): it comes from before the API, or of a path not served. */
export function refusedAnswer(status: 404 | 504): WireResponse {
  const body = { 404: '404 page not found\n', 504: 'gateway timeout\n' }[status];
  return { status, headers: { 'content-type': 'text/plain' }, body };
}
