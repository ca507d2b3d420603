// The HTTP response that a function returned, as the real host sends it.
import { z } from 'zod';

import type { WireResponse } from '../../wire/handler';
import type { RpcTypedData } from '../app/function-app';
import { type RpcCookie, rpcCookie, setCookieHeader } from './cookie';

const rpcHttp = z.object({
  statusCode: z.string().regex(/^\d{3}$/),
  headers: z.record(z.string(), z.string()).default({}),
  cookies: z.array(rpcCookie).default([]),
  body: z.object({ bytes: z.instanceof(Uint8Array) }).nullish(),
});

/** No return value gives 204, as the real host's ObjectResult(null) does. Throws when the data is no HTTP response. */
export function wireResponse(returned: RpcTypedData | undefined): WireResponse {
  if (returned?.http === undefined || returned.http === null) return { status: 204 };
  const { statusCode, headers, cookies, body } = rpcHttp.parse(returned.http);
  return {
    status: Number(statusCode),
    headers,
    ...(cookies.length > 0 ? { cookies: cookies.map((cookie: RpcCookie) => setCookieHeader(cookie)) } : {}),
    ...(body ? { body: Buffer.from(body.bytes) } : {}),
  };
}
