// What tells two specs apart: a hash over canonical JSON in which no literal secret is readable.
import { createHash, createHmac } from 'node:crypto';

import type { EnvValue, JobSpec } from './job-spec';

/** JSON with sorted keys and no white space; `undefined` members are left out as JSON does. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (isRecord(value)) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The spec with each literal secret replaced by its HMAC under the owner's key: safe to store (I7). */
export function withoutLiteralSecrets(spec: JobSpec, ownerKey: string): JobSpec {
  if (spec.env === undefined) return spec;
  const env: Record<string, EnvValue> = {};
  for (const [name, value] of Object.entries(spec.env)) {
    const isLiteral = typeof value === 'object' && 'secure' in value;
    env[name] = isLiteral ? { secure: hmacOf(value.secure, ownerKey) } : value;
  }
  return { ...spec, env };
}

/** The literal secrets of a spec by variable name. */
export function literalSecrets(spec: JobSpec): Record<string, string> {
  const secrets: Record<string, string> = {};
  for (const [name, value] of Object.entries(spec.env ?? {})) {
    if (typeof value === 'object' && 'secure' in value) secrets[name] = value.secure;
  }
  return secrets;
}

/** SHA-256 (hex) of a stored spec, that is, one without literal secrets. The idempotency key does not count. */
export function specHash(stored: JobSpec): string {
  const asked = { ...stored, idempotencyKey: undefined };
  return createHash('sha256').update(canonicalJson(asked)).digest('hex');
}

function hmacOf(secret: string, key: string): string {
  return `hmac-sha256:${createHmac('sha256', key).update(secret).digest('hex')}`;
}
