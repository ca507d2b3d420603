// The requests of a client that logs in: discovery of the authority, then a token for itself.
import { matchRoute, type Route } from '../wire/arm-route';
import type { Handler, WireRequest, WireResponse } from '../wire/handler';
import { discoverInstance, type EntraPorts, openIdConfiguration, signingKeys } from './discovery';
import { issueToken } from './token';

type EntraAction = (ports: EntraPorts, request: WireRequest, tenant: string) => WireResponse;

/**
 * Both generations of Entra's addresses, and those of AD FS, whose tenant is always `adfs`. az and MSAL trust an AD FS
 * without asking login.microsoftonline.com whether it exists.
 */
const ROUTES: readonly Route<EntraAction>[] = [
  { method: 'GET', pattern: '/{tenant}/.well-known/openid-configuration', action: openIdConfiguration },
  { method: 'GET', pattern: '/{tenant}/v2.0/.well-known/openid-configuration', action: openIdConfiguration },
  // az sends this one for a tenant that is given by its name beside an AD FS.
  {
    method: 'GET',
    pattern: '/adfs/{tenant}/v2.0/.well-known/openid-configuration',
    action: openIdConfiguration,
  },
  { method: 'GET', pattern: '/{tenant}/discovery/instance', action: discoverInstance },
  { method: 'GET', pattern: '/{tenant}/discovery/keys', action: signingKeys },
  { method: 'GET', pattern: '/{tenant}/discovery/v2.0/keys', action: signingKeys },
  { method: 'POST', pattern: '/{tenant}/oauth2/token', action: issueToken },
  { method: 'POST', pattern: '/{tenant}/oauth2/v2.0/token', action: issueToken },
];

/** Whether the request is one of those above. */
export function isForEntra({ method, url }: WireRequest): boolean {
  return matchRoute(ROUTES, method, url.pathname) !== undefined;
}

/** Gives a token to every application that asks, with any secret: nothing here checks one. */
export function createEntra(ports: EntraPorts): Handler {
  return (request) => {
    const match = matchRoute(ROUTES, request.method, request.url.pathname);
    return match ? match.action(ports, request, match.param('tenant')) : { status: 404 };
  };
}
