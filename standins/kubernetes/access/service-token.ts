// Tokens of service accounts: in a real token's form, signed by a key of this process.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

import { z } from 'zod';

/** Not RS256: nothing outside this process verifies the token. */
const SIGNING_KEY = randomBytes(32);

/** Who signs them. */
export const ISSUER = 'https://kubernetes.default.svc.cluster.local';

export interface ServiceToken {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** The token's own id. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly audiences: readonly string[];
}

const claims = z.object({
  aud: z.array(z.string()),
  exp: z.number(),
  iat: z.number(),
  jti: z.string(),
  'kubernetes.io': z.object({
    namespace: z.string(),
    serviceaccount: z.object({ name: z.string(), uid: z.string() }),
  }),
});

export function writeServiceToken(token: ServiceToken): string {
  const issuedAt = Math.floor(token.issuedAt / 1000);
  const payload: z.infer<typeof claims> & Record<string, unknown> = {
    aud: [...token.audiences],
    exp: Math.floor(token.expiresAt / 1000),
    iat: issuedAt,
    iss: ISSUER,
    jti: token.id,
    'kubernetes.io': {
      namespace: token.namespace,
      serviceaccount: { name: token.name, uid: token.uid },
    },
    nbf: issuedAt,
    sub: `system:serviceaccount:${token.namespace}:${token.name}`,
  };
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(payload)}`;
  return `${signed}.${signatureOf(signed).toString('base64url')}`;
}

/** Undefined for what is no token of ours. Whether it has expired is for the caller to say. */
export function readServiceToken(text: string): ServiceToken | undefined {
  const [header, payload, signature, ...rest] = text.split('.');
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0)
    return undefined;
  const given = Buffer.from(signature, 'base64url');
  const expected = signatureOf(`${header}.${payload}`);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const read = claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  const { namespace, serviceaccount } = read['kubernetes.io'];
  return {
    namespace,
    ...serviceaccount,
    id: read.jti,
    issuedAt: read.iat * 1000,
    expiresAt: read.exp * 1000,
    audiences: read.aud,
  };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function signatureOf(text: string): Buffer {
  return createHmac('sha256', SIGNING_KEY).update(text).digest();
}
