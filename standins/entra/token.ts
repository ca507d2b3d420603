// The token that an application asks for in its own name (OAuth 2.0 client credentials).
import { json, type WireRequest, type WireResponse } from '../wire/handler';
import { type EntraPorts, tenantGuid } from './discovery';

/** How long a token lives, seconds. By default Entra's live between 60 and 90 minutes. */
const LIFETIME_S = 3_600;

/**
 * Issues a token. Refuses what Entra refuses, in the same form: an `error`, and a description that begins with AADSTS
 * and a number.
 */
export function issueToken(ports: EntraPorts, request: WireRequest, tenant: string): WireResponse {
  const form = new URLSearchParams(request.body.toString('utf8'));
  const given = (name: string): string => form.get(name) ?? '';
  const refuse = (status: number, error: string, number: number, text: string): WireResponse =>
    refusal(ports, status, error, number, text);

  const grant = given('grant_type');
  if (grant === '') return refuse(400, 'invalid_request', 900144, missing('grant_type'));
  if (grant !== 'client_credentials')
    return refuse(
      400,
      'unsupported_grant_type',
      70003,
      `The app requested an unsupported grant type '${grant}'. The local stand-in knows client_credentials only: log in as a service principal.`,
    );
  const client = given('client_id') || basicUser(request.headers['authorization']);
  if (client === '') return refuse(400, 'invalid_request', 900144, missing('client_id'));
  const authenticated =
    given('client_secret') !== '' ||
    given('client_assertion') !== '' ||
    request.headers['authorization'] !== undefined;
  if (!authenticated)
    return refuse(
      401,
      'invalid_client',
      7000216,
      "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
    );
  const audience = given('resource') || given('scope').replace(/\/\.default$/, '');
  if (audience === '') return refuse(400, 'invalid_request', 900144, missing('scope'));
  if (given('resource') === '' && !given('scope').endsWith('/.default'))
    return refuse(
      400,
      'invalid_scope',
      1002012,
      `The provided value for scope ${given('scope')} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    );
  return json(
    200,
    {
      token_type: 'Bearer',
      expires_in: LIFETIME_S,
      ext_expires_in: LIFETIME_S,
      access_token: token(ports, request, tenant, client, audience),
    },
    { 'cache-control': 'no-store' },
  );
}

/** A JWT without a signature. Clients pass it on unread, or read its claims. */
function token(
  ports: EntraPorts,
  { url }: WireRequest,
  tenant: string,
  client: string,
  audience: string,
): string {
  const now = Math.floor(ports.clock.now() / 1000);
  const claims = {
    aud: audience,
    iss: `${url.origin}/${tenant}`,
    iat: now,
    nbf: now,
    exp: now + LIFETIME_S,
    appid: client,
    oid: client,
    sub: client,
    tid: tenantGuid(ports, tenant),
    uti: ports.newId(),
    ver: '1.0',
  };
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ typ: 'JWT', alg: 'none' })}.${part(claims)}.`;
}

/** The user of `Basic` credentials, which is the client if the form names none. */
function basicUser(authorization: string | undefined): string {
  const encoded = /^Basic (.+)$/i.exec(authorization ?? '')?.[1];
  const [user = ''] = encoded === undefined ? [] : Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return user;
}

const missing = (name: string): string => `The request body must contain the following parameter: '${name}'.`;

function refusal(
  { clock, newId }: EntraPorts,
  status: number,
  error: string,
  number: number,
  text: string,
): WireResponse {
  const [traceId, correlationId] = [newId(), newId()];
  const timestamp = `${new Date(clock.now()).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  return json(status, {
    error,
    error_description: `AADSTS${number}: ${text} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [number],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
  });
}
