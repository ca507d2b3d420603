// Packs values for the worker as the real host does.
import type { RpcTypedData } from './function-app';

/** A value the way the real host packs it for the worker (GrpcMessageConversionExtensions.ToRpc). */
export function toTypedData(value: unknown): RpcTypedData {
  if (value === null || value === undefined) return {};
  if (typeof value === 'string') return { string: value };
  if (value instanceof Uint8Array) return { bytes: value };
  return { json: JSON.stringify(value) };
}
