// The headers that Azure Resource Manager puts on every answer.
import type { Clock } from '../kernel/clock';
import type { WireResponse } from './handler';

export interface ArmHeaderPorts {
  readonly clock: Clock;
  /** A random GUID. */
  readonly newId: () => string;
}

/**
 * Adds the headers that every recorded answer has (docs/facts/azure-resource-manager.md#headers). `limits` and the
 * answer's own headers replace them. `Strict-Transport-Security` is left out: a browser that once saw it on localhost
 * would refuse http to this machine.
 */
export function withArmHeaders(
  { newId, clock }: ArmHeaderPorts,
  response: WireResponse,
  limits: Readonly<Record<string, string>> = {},
): WireResponse {
  const correlation = newId();
  const stamp = new Date(clock.now()).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return {
    ...response,
    headers: {
      'cache-control': 'no-cache',
      pragma: 'no-cache',
      expires: '-1',
      date: new Date(clock.now()).toUTCString(),
      'x-content-type-options': 'nosniff',
      'x-ms-request-id': correlation,
      'x-ms-correlation-request-id': correlation,
      'x-ms-routing-request-id': `LOCAL:${stamp}:${correlation}`,
      ...limits,
      ...response.headers,
    },
  };
}
