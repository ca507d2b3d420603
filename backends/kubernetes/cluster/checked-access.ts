// Finds what Node would say of certificates and tokens at the first request, or not at all, when they are read.
import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';

import { TerminalError } from '../../../domain/errors';
import type { ClusterAccess } from './cluster-access';

/** What a header can carry. */
const BEARER = /^[\x21-\x7e]+$/;

/**
 * The access itself, if a request can be sent with it. `from` names in errors where it was read.
 *
 * @throws TerminalError
 */
export function checkedAccess(access: ClusterAccess, from: string): ClusterAccess {
  const wrong = wrongPart(access);
  if (wrong !== undefined) throw new TerminalError(`The ${from} can't be used: ${wrong}.`, { from });
  return access;
}

/**
 * The access itself, if it says who asks. Behind http on loopback stands a proxy that does, such as kubectl's.
 *
 * @throws TerminalError
 */
export function withCredentials(access: ClusterAccess, from: string): ClusterAccess {
  const { server, tls, token } = access;
  if (token !== undefined || tls.cert !== undefined || server.protocol === 'http:') return access;
  throw new TerminalError(
    `The ${from} can't be used: its user has neither a token nor a client certificate.`,
    { from },
  );
}

function wrongPart({ tls: { ca, cert, key }, token }: ClusterAccess): string | undefined {
  if (token !== undefined && !BEARER.test(token))
    return 'its token is empty or has a character that a header can’t carry, such as a line break';
  if ((cert === undefined) !== (key === undefined))
    return `it has a client ${cert === undefined ? 'key without a certificate' : 'certificate without a key'}`;
  // Node ignores an authority that it can't read.
  if (ca !== undefined && !holds(() => new X509Certificate(ca)))
    return 'its certificate authority is no certificate in PEM';
  if (cert !== undefined && key !== undefined && !holds(() => createSecureContext({ cert, key })))
    return 'its client certificate and key are no PEM, or don’t belong together';
  return undefined;
}

function holds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false; // The cause may quote what it read.
  }
}
