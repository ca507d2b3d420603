// Whether a request is signed with the account's key, as Azure Storage reads it ("Authorize with Shared Key").
import { createHmac, timingSafeEqual } from 'node:crypto';

import type { WireRequest } from '../wire/handler';

/** The signed headers of a request, in their order. */
const SIGNED = [
  'content-encoding',
  'content-language',
  'content-length',
  'content-md5',
  'content-type',
  'date',
  'if-modified-since',
  'if-match',
  'if-none-match',
  'if-unmodified-since',
  'range',
] as const;

/** `key` in base64. */
export function isSignedBy(request: WireRequest, account: string, key: string): boolean {
  const given = Buffer.from(request.headers['authorization'] ?? '');
  const right = Buffer.from(`SharedKey ${account}:${signature(request, account, key)}`);
  return given.length === right.length && timingSafeEqual(given, right);
}

function signature(request: WireRequest, account: string, key: string): string {
  const { method, headers, url } = request;
  const text = [
    method,
    ...SIGNED.map((name) => {
      const value = headers[name] ?? '';
      return name === 'content-length' && value === '0' ? '' : value; // Empty since version 2015-02-21.
    }),
    ...Object.entries(headers)
      .filter(([name]) => name.startsWith('x-ms-'))
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, value]) => `${name}:${value.trimStart()}`),
    `/${account}${url.pathname}`,
    ...[...url.searchParams]
      .map(([name, value]) => `${name.toLowerCase()}:${value}`)
      .toSorted((one, other) => (one < other ? -1 : 1)),
  ].join('\n');
  return createHmac('sha256', Buffer.from(key, 'base64')).update(text, 'utf8').digest('base64');
}
