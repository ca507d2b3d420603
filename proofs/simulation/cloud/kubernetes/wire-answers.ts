// Answers that come from before the API server, or from a server that could not carry a request out; and what an answer
// shows of a program's end.
import { z } from 'zod';

import type { ClusterAnswer } from '../../../../backends/kubernetes/cluster/cluster-api';
import { podSchema } from '../../../../standins/kubernetes/model/pod';
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

const podsSchema = z.object({ items: z.array(podSchema) });

/** Whether a list of pods shows a container that has ended. */
export function showsEnd({ status, body }: ClusterAnswer): boolean {
  if (status !== 200) return false;
  const { items } = podsSchema.parse(JSON.parse(body.toString()));
  return items.some(({ status: { containerStatuses = [] } }) =>
    containerStatuses.some(({ state }) => state?.terminated !== undefined),
  );
}
