// An HTTP request as the real host packs it for the worker.
import type { WireRequest } from '../../wire/handler';
import type { RpcTypedData } from '../app/function-app';

/**
 * Follows GrpcMessageConversionExtensions.ToRpcHttp under the worker's capabilities: nullable dictionaries, the raw
 * body as bytes. If a query name comes more than once its values are joined by commas, as in the real host.
 */
export function httpRequestData(
  request: WireRequest,
  parameters: Readonly<Record<string, string>>,
): RpcTypedData {
  const query = new Map<string, string>();
  for (const [name, value] of request.url.searchParams)
    query.set(name, query.has(name) ? `${query.get(name) ?? ''},${value}` : value);
  return {
    http: {
      method: request.method,
      url: request.url.href,
      nullableHeaders: nullable(Object.entries(request.headers)),
      nullableQuery: nullable(query),
      nullableParams: nullable(Object.entries(parameters)),
      ...(request.body.length > 0 ? { body: { bytes: request.body } } : {}),
    },
  };
}

function nullable(pairs: Iterable<readonly [string, string]>): Record<string, { value: string }> {
  return Object.fromEntries([...pairs].map(([name, value]) => [name, { value }]));
}
