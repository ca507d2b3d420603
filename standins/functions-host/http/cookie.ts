// Set-Cookie headers from the cookies of a function's HTTP response.
import { z } from 'zod';

const nullable = <T extends z.ZodType>(value: T) => z.object({ value }).nullish();

/** A cookie as the worker sends it (RpcHttpCookie). */
export const rpcCookie = z.object({
  name: z.string(),
  value: z.string(),
  domain: nullable(z.string()),
  path: nullable(z.string()),
  expires: nullable(z.object({ seconds: z.number() })),
  secure: nullable(z.boolean()),
  httpOnly: nullable(z.boolean()),
  sameSite: z.enum(['none', 'lax', 'strict', 'explicitNone']).nullish(),
  maxAge: nullable(z.number()),
});
export type RpcCookie = z.infer<typeof rpcCookie>;

/** Writes the header as ASP.NET Core does: value percent-encoded, attributes in lower case, path `/` by default. */
export function setCookieHeader(cookie: RpcCookie): string {
  const parts = [`${encodeURIComponent(cookie.name)}=${encodeURIComponent(cookie.value)}`];
  if (cookie.expires) parts.push(`expires=${new Date(cookie.expires.value.seconds * 1000).toUTCString()}`);
  if (cookie.maxAge) parts.push(`max-age=${Math.trunc(cookie.maxAge.value)}`);
  if (cookie.domain) parts.push(`domain=${cookie.domain.value}`);
  parts.push(`path=${cookie.path?.value ?? '/'}`);
  if (cookie.secure?.value) parts.push('secure');
  // `none` is the absence of the attribute on this wire; `explicitNone` is SameSite=None.
  if (cookie.sameSite === 'lax' || cookie.sameSite === 'strict') parts.push(`samesite=${cookie.sameSite}`);
  if (cookie.sameSite === 'explicitNone') parts.push('samesite=none');
  if (cookie.httpOnly?.value) parts.push('httponly');
  return parts.join('; ');
}
