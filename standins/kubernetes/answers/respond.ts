// Writes the answers: JSON as Go writes it, or YAML, indented or packed where that is asked for.
import { gzipSync } from 'node:zlib';

import { stringify } from 'yaml';

import type { WireRequest, WireResponse } from '../../wire/handler';
import type { JsonObject } from '../store/json';
import { type ApiFault, statusOf } from './api-fault';
import type { Media } from './media';

/** From so many bytes on an answer is packed for who accepts it (kube-apiserver: 128 KiB). */
const GZIP_FROM_BYTES = 128 * 1024;

type Headers = Readonly<Record<string, string>>;

/** An answer that is one object. */
export function respond(
  request: WireRequest,
  media: Pick<Media, 'yaml' | 'contentType'>,
  status: number,
  body: JsonObject,
  headers: Headers = {},
): WireResponse {
  if (media.yaml)
    return packed(request, status, stringify(body), { 'content-type': media.contentType, ...headers });
  const text = isPretty(request) ? goJson(body, 2) : `${goJson(body)}\n`;
  return packed(request, status, text, { 'content-type': media.contentType, ...headers });
}

function packed(request: WireRequest, status: number, text: string, headers: Headers): WireResponse {
  const accepted = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  if (!accepted || Buffer.byteLength(text) < GZIP_FROM_BYTES) return { status, headers, body: text };
  return {
    status,
    headers: { ...headers, 'content-encoding': 'gzip', vary: 'Accept-Encoding' },
    body: gzipSync(text, { level: 1 }),
  };
}

/** The answer for a fault: always JSON, whatever was accepted. */
export function respondFault(request: WireRequest, fault: ApiFault): WireResponse {
  const headers = {
    'content-type': 'application/json',
    ...(fault.details?.retryAfterSeconds !== undefined && {
      'retry-after': String(fault.details.retryAfterSeconds),
    }),
  };
  const indented = isPretty(request);
  // The refusal of a form is written before anything knows of lines (recorded: C24).
  const end = indented || fault.code === 406 ? '' : '\n';
  return { status: fault.code, headers, body: goJson(statusOf(fault), indented ? 2 : undefined) + end };
}

/** Text that is no object, such as a health check's. */
export function respondText(status: number, body: string, headers: Headers = {}): WireResponse {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body };
}

function isPretty({ url }: WireRequest): boolean {
  const value = url.searchParams.get('pretty');
  return value === 'true' || value === '1' || value === '';
}

/** JSON as Go's encoder writes it: what could end a script element is escaped. */
export function goJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A warning as a header's value (RFC 9111 §5.5 says code 299). Several are joined by commas. */
export function warningHeader(warnings: readonly string[]): Headers {
  if (warnings.length === 0) return {};
  const quoted = warnings.map((text) => `299 - "${text.replace(/[\\"]/g, '\\$&')}"`);
  return { warning: quoted.join(', ') };
}
