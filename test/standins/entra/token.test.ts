// Logging in as the genuine identity client does, and by requests of the other shapes that clients use.
import { ClientSecretCredential } from '@azure/identity';

import { createEntra, isForEntra } from '../../../standins/entra/routes';
import type { WireRequest } from '../../../standins/wire/handler';
import { createHandlerHttpClient } from '../../../standins/wire/sdk-http-client';

const TENANT = '00000000-0000-0000-0000-0000000000aa';
/** 2026-01-05 12:00 UTC. */
const NOW = Date.UTC(2026, 0, 5, 12);
const SCOPE = 'https://localhost:7443/.default';

let ids = 0;
const entra = createEntra({
  clock: { now: () => NOW, monotonic: () => NOW },
  newId: () => `id-${++ids}`,
  tenantId: TENANT,
});

async function ask(
  method: string,
  path: string,
  form: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const request: WireRequest = {
    method,
    url: new URL(path, 'https://localhost:7443'),
    headers,
    body: Buffer.from(method === 'POST' ? new URLSearchParams(form).toString() : ''),
  };
  expect(isForEntra(request)).toBe(true);
  const { status, body } = await entra(request);
  return { status, body: JSON.parse(String(body)) as Record<string, unknown> };
}

const GRANT = { grant_type: 'client_credentials', client_id: 'me', client_secret: 'any', scope: SCOPE };

function claimsOf(token: unknown): Record<string, unknown> {
  const [, claims = ''] = String(token).split('.');
  return JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as Record<string, unknown>;
}

describe('the genuine identity client gets a token', () => {
  it.each([
    ['from an AD FS', 'adfs', {}],
    ['from a tenant that it is told not to look up', TENANT, { disableInstanceDiscovery: true }],
  ])('%s', async (_what, tenant, options) => {
    const credential = new ClientSecretCredential(tenant, 'me', 'any secret', {
      authorityHost: 'https://localhost:7443',
      httpClient: createHandlerHttpClient((request) => entra(request)),
      ...options,
    });
    const { token, expiresOnTimestamp } = await credential.getToken(SCOPE);
    expect(claimsOf(token)).toMatchObject({ aud: 'https://localhost:7443', appid: 'me', tid: TENANT });
    expect(expiresOnTimestamp).toBeGreaterThan(Date.now());
  });
});

describe('discovery', () => {
  it('gives a name its tenant: az reads the GUID from the issuer', async () => {
    const { body } = await ask('GET', '/adfs/local/v2.0/.well-known/openid-configuration');
    expect(String(body['issuer']).split('/')[3]).toBe(TENANT);
  });

  it('keeps the addresses of an AD FS, which have no tenant and no version', async () => {
    const { body } = await ask('GET', '/adfs/.well-known/openid-configuration');
    expect(body['token_endpoint']).toBe('https://localhost:7443/adfs/oauth2/token');
  });

  it('names the tenant of a known authority, and refuses what is none', async () => {
    const authority = 'https%3A%2F%2Flocalhost%3A7443%2Ft%2Foauth2%2Fv2.0%2Fauthorize';
    const known = await ask('GET', `/common/discovery/instance?authorization_endpoint=${authority}`);
    expect(known.body['tenant_discovery_endpoint']).toBe(
      'https://localhost:7443/t/v2.0/.well-known/openid-configuration',
    );
    expect(await ask('GET', '/common/discovery/instance')).toMatchObject({
      status: 400,
      body: { error: 'invalid_instance' },
    });
  });
});

describe('a token', () => {
  it('lasts an hour and is for whom it was asked for', async () => {
    const { status, body } = await ask('POST', `/${TENANT}/oauth2/v2.0/token`, GRANT);
    expect([status, body['token_type'], body['expires_in']]).toEqual([200, 'Bearer', 3600]);
    expect(claimsOf(body['access_token'])).toMatchObject({
      iat: NOW / 1000,
      exp: NOW / 1000 + 3600,
      sub: 'me',
    });
  });

  it('is given for a resource, an assertion and basic credentials, too', async () => {
    const { grant_type, client_id } = GRANT;
    const resource = { grant_type, client_id, client_assertion: 'x', resource: 'https://r/' };
    const byResource = await ask('POST', '/common/oauth2/token', resource);
    expect(claimsOf(byResource.body['access_token'])).toMatchObject({ aud: 'https://r/', tid: TENANT });
    const basic = { authorization: `Basic ${Buffer.from('you:secret').toString('base64')}` };
    const byHeader = await ask('POST', '/adfs/oauth2/token', { grant_type, scope: SCOPE }, basic);
    expect(claimsOf(byHeader.body['access_token'])).toMatchObject({ appid: 'you' });
  });

  it.each([
    ['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
    ['no grant', { grant_type: '' }, 400, 'invalid_request', 900144],
    ['no client', { client_id: '' }, 400, 'invalid_request', 900144],
    ['no secret', { client_secret: '' }, 401, 'invalid_client', 7000216],
    ['no scope', { scope: '' }, 400, 'invalid_request', 900144],
    ['a scope of a user', { scope: 'User.Read' }, 400, 'invalid_scope', 1002012],
  ])('is refused for %s, with the number of the reason', async (_what, change, status, error, number) => {
    const answer = await ask('POST', `/${TENANT}/oauth2/v2.0/token`, { ...GRANT, ...change });
    expect(answer).toMatchObject({ status, body: { error, error_codes: [number] } });
    expect(answer.body['error_description']).toMatch(new RegExp(`^AADSTS${number}: `));
  });
});

it('leaves everything else to others', () => {
  for (const path of [
    '/subscriptions/s',
    '/metadata/endpoints',
    '/emulator/ledger',
    '/local-vault/secrets/a',
  ])
    expect(
      isForEntra({ method: 'GET', url: new URL(path, 'https://h'), headers: {}, body: Buffer.alloc(0) }),
    ).toBe(false);
});
