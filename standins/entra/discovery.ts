// The endpoints of an authority, as OpenID Connect Discovery and MSAL's instance discovery ask for them.
import { z } from 'zod';

import type { Clock } from '../kernel/clock';
import { json, type WireRequest, type WireResponse } from '../wire/handler';

export interface EntraPorts {
  readonly clock: Clock;
  /** A random GUID. */
  readonly newId: () => string;
  /** The tenant of every address that names none by its GUID. */
  readonly tenantId: string;
}

/**
 * What a client must know to ask for a token. A tenant's name is answered with its GUID, as in Entra: az takes it from
 * the issuer. An AD FS has no tenants, so its addresses stay as they are.
 */
export function openIdConfiguration(ports: EntraPorts, { url }: WireRequest, tenant: string): WireResponse {
  const base = `${url.origin}/${tenant.toLowerCase() === 'adfs' ? 'adfs' : tenantGuid(ports, tenant)}`;
  const version2 = url.pathname.toLowerCase().includes('/v2.0/') ? '/v2.0' : '';
  return json(200, {
    issuer: `${base}${version2}`,
    authorization_endpoint: `${base}/oauth2${version2}/authorize`,
    token_endpoint: `${base}/oauth2${version2}/token`,
    jwks_uri: `${base}/discovery${version2}/keys`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic', 'private_key_jwt'],
    response_types_supported: ['token'],
    grant_types_supported: ['client_credentials'],
    scopes_supported: ['openid'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
  });
}

const guid = z.guid();

/** The GUID of a tenant. A GUID stands for itself; every name stands for the only tenant here. */
export function tenantGuid({ tenantId }: EntraPorts, tenant: string): string {
  return guid.safeParse(tenant).success ? tenant : tenantId;
}

/**
 * Whether an authority exists, and where its tenant is described. The request carries the authority's address as a
 * parameter.
 */
export function discoverInstance(_ports: EntraPorts, { url }: WireRequest): WireResponse {
  const asked = url.searchParams.get('authorization_endpoint') ?? '';
  const tenant = URL.canParse(asked) ? new URL(asked).pathname.split('/')[1] : undefined;
  if (tenant === undefined || tenant === '')
    return json(400, {
      error: 'invalid_instance',
      error_description: `authorization_endpoint is "${asked}": it must be ${url.origin}/TENANT/oauth2/v2.0/authorize.`,
    });
  return json(200, {
    tenant_discovery_endpoint: `${url.origin}/${tenant}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: url.host, preferred_cache: url.host, aliases: [url.host] }],
  });
}

/** There are none, because the tokens are not signed. */
export function signingKeys(): WireResponse {
  return json(200, { keys: [] });
}
