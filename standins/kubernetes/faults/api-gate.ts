// Stands before the API and answers in its place while a fault says so.
import { ConnectionLost, type WireRequest, type WireResponse } from '../../wire/handler';
import { ApiFault, detailsOf } from '../answers/api-fault';
import { respondFault, respondText } from '../answers/respond';
import { JOBS } from '../resources/resources';
import { objectAt, textAt } from '../store/json';
import { readBody } from '../writes/read-body';

export interface ApiGate {
  /** Until when nobody is answered, by the clock's `now`. */
  downUntil: number;
  /** So many requests more are answered 429. */
  throttled: number;
  /** What a webhook says of new Jobs; empty: nothing. */
  denial: string;
  webhookDown: boolean;
  /** A ValidatingAdmissionPolicy that refuses new Jobs. */
  policy: PolicyDenial | undefined;
}

interface PolicyDenial {
  readonly policy: string;
  readonly binding: string;
  readonly message: string;
}

export function createApiGate(): ApiGate {
  return { downUntil: 0, throttled: 0, denial: '', webhookDown: false, policy: undefined };
}

const WEBHOOK = 'validation.gatekeeper.sh';

/** The answer that a fault gives in place of the API; undefined where the API is to answer. Throws ConnectionLost. */
export function gateAnswer(gate: ApiGate, request: WireRequest, now: number): WireResponse | undefined {
  if (now < gate.downUntil) throw new ConnectionLost('The API server is down.');
  if (gate.throttled > 0) {
    gate.throttled -= 1;
    return respondText(429, 'Too many requests, please try again later.\n', { 'retry-after': '1' });
  }
  if (request.method !== 'POST' || !/^\/apis\/batch\/v1\/namespaces\/[^/]+\/jobs$/.test(request.url.pathname))
    return undefined;
  if (gate.webhookDown) {
    const why = `failed calling webhook "${WEBHOOK}": failed to call webhook: Post "https://127.0.0.1:9443/deny?timeout=2s": dial tcp 127.0.0.1:9443: connect: connection refused`;
    const details = { causes: [{ message: why }] };
    return respondFault(
      request,
      new ApiFault(500, 'InternalError', `Internal error occurred: ${why}`, details),
    );
  }
  if (gate.policy) return deniedByPolicy(gate.policy, request);
  if (gate.denial === '') return undefined;
  const message = `admission webhook "${WEBHOOK}" denied the request: ${gate.denial}`;
  return respondFault(request, new ApiFault(403, undefined, message));
}

/**
 * 422, though the text says forbidden, and a cause without a field (recorded: O14). Undefined for a body that can't be
 * read: the API says why.
 */
function deniedByPolicy(
  { policy, binding, message }: PolicyDenial,
  request: WireRequest,
): WireResponse | undefined {
  const name = nameIn(request);
  if (name === undefined) return undefined;
  const why = `ValidatingAdmissionPolicy '${policy}' with binding '${binding}' denied request: ${message}`;
  const details = { ...detailsOf(JOBS, name), causes: [{ message: why }] };
  return respondFault(
    request,
    new ApiFault(422, 'Invalid', `${JOBS.name} "${name}" is forbidden: ${why}`, details),
  );
}

/** The name that a new Job is sent with, empty where it has none; undefined for a body that is no Job. */
function nameIn(request: WireRequest): string | undefined {
  try {
    return textAt(objectAt(readBody(request, JOBS).value, 'metadata'), 'name') ?? '';
  } catch (error) {
    if (error instanceof ApiFault) return undefined;
    throw error;
  }
}
