// Values between host and worker: how the real host packs them, and how what comes back reads.
import type { RpcTypedData } from './function-app';

/** A value the way the real host packs it for the worker (GrpcMessageConversionExtensions.ToRpc). */
export function toTypedData(value: unknown): RpcTypedData {
  if (value === null || value === undefined) return {};
  if (typeof value === 'string') return { string: value };
  if (value instanceof Uint8Array) return { bytes: value };
  return { json: JSON.stringify(value) };
}

/**
 * The value that the worker sent back. `http` is returned as it is. JSON that does not parse throws: the library
 * never sends such.
 */
export function fromTypedData(data: RpcTypedData | undefined): unknown {
  if (data === undefined) return undefined;
  if (isSet(data.string)) return data.string;
  if (isSet(data.json)) return JSON.parse(data.json);
  if (isSet(data.bytes)) return Buffer.from(data.bytes);
  if (isSet(data.int)) return Number(data.int);
  if (isSet(data.double)) return data.double;
  if (isSet(data.http)) return data.http;
  return undefined;
}

const isSet = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;
