// Stands before the API and answers in its place while a fault says so.
import { ConnectionLost, type WireRequest, type WireResponse } from '../../wire/handler';
import { ApiFault } from '../answers/api-fault';
import { respondFault, respondText } from '../answers/respond';

export interface ApiGate {
  /** Until when nobody is answered, by the clock's `now`. */
  downUntil: number;
  /** So many requests more are answered 429. */
  throttled: number;
  /** What a webhook says of new Jobs; empty: nothing. */
  denial: string;
  webhookDown: boolean;
}

export function createApiGate(): ApiGate {
  return { downUntil: 0, throttled: 0, denial: '', webhookDown: false };
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
  if (gate.denial === '') return undefined;
  const message = `admission webhook "${WEBHOOK}" denied the request: ${gate.denial}`;
  return respondFault(request, new ApiFault(403, undefined, message));
}
