// Why a request to an API server got no answer, in a sentence, and whether a repetition could. Pure.
import { messageOf, RetryableError, type RunnerError, TerminalError } from '../../../domain/errors';
import { NotCarriedOut } from './not-carried-out';

export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly timeoutMs: number;
  readonly isTimedOut: boolean;
}

/** What Node calls the ways in which a connection fails, and what it means. */
const FAILURES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'broke the connection',
  EPIPE: 'broke the connection',
  ENOTFOUND: 'has no address',
  EAI_AGAIN: 'has no address at the moment',
  ETIMEDOUT: 'did not answer in time',
  EHOSTUNREACH: 'can’t be reached',
  ENETUNREACH: 'can’t be reached',
};

/** What Node calls a server's certificate that it does not trust. */
const MISTRUST =
  /^(UNABLE_TO_(GET_ISSUER_CERT|GET_ISSUER_CERT_LOCALLY|VERIFY_LEAF_SIGNATURE)|SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|CERT_(SIGNATURE_FAILURE|UNTRUSTED|REJECTED|HAS_EXPIRED|NOT_YET_VALID)|INVALID_CA|HOSTNAME_MISMATCH|ERR_TLS_CERT_ALTNAME_INVALID)$/;

/** A private cluster of AKS (docs/facts/aks.md#private-clusters). */
const PRIVATE_HOST = /\.(privatelink|private)\..*azmk8s\.io$/;
const PRIVATE =
  ' The cluster is private: its host has an address only in its own virtual network. Let the app into that network and its DNS zone, or name a cluster with a public API server.';

/** `error` comes from Node. Nothing of the request but its method, host and path is repeated. */
export function noAnswer(error: unknown, { method, url, timeoutMs, isTimedOut }: Asked): RunnerError {
  const code = codeOf(error);
  const asked = `${method} ${url.pathname}`;
  const facts = { host: url.host, code };
  const isPrivate = PRIVATE_HOST.test(url.hostname);
  if (MISTRUST.test(code)) {
    const why = `The API server ${url.host} shows a certificate that the cluster's configuration does not trust (${code}), so nothing was sent: ${asked}. Take the server and its certificate authority anew from the cluster; a server that is called by another name than its certificate's needs tls-server-name.`;
    return new TerminalError(why, facts);
  }
  if (code === 'ENOTFOUND' && isPrivate)
    return new TerminalError(
      `The API server ${url.host} has no address here (${code}), so nothing was sent: ${asked}.${PRIVATE}`,
      facts,
    );
  const happened = isTimedOut
    ? `did not answer within ${timeoutMs} ms`
    : `${FAILURES[code] ?? `gave no answer: ${messageOf(error)}`}${code === '' ? '' : ` (${code})`}`;
  const isSent = isTimedOut || !isOfConnecting(error);
  const why = `The API server ${url.host} ${happened}${isSent ? '' : ', so nothing was sent'}: ${asked}.${isPrivate ? PRIVATE : ''}`;
  return isSent ? new RetryableError(why, facts) : new NotCarriedOut(why, facts);
}

/** What Node was doing when it failed. Where several addresses failed, each has an error of its own. */
function isOfConnecting(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(isOfConnecting);
  return 'syscall' in error && ['connect', 'getaddrinfo'].includes(String(error.syscall));
}

/** Node's code for what happened; empty where it has none. Asked by shape: such errors may come of another realm. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** Whether what is known of the server may be out of date: it did not even take a connection. */
export function leadsNowhere(error: unknown): boolean {
  const code = codeOf(error);
  return MISTRUST.test(code) || ['ENOTFOUND', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'].includes(code);
}
