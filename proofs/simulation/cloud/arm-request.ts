// Reads from a request's method and address what it asks ARM for.
import type { WireRequest, WireResponse } from '../../../standins/wire/handler';
import { json } from '../../../standins/wire/handler';

type ArmOperation = 'put' | 'get' | 'delete' | 'list' | 'logs' | 'operation' | 'usages';

export interface ArmAsk {
  readonly operation: ArmOperation;
  /** The container group's name; empty for a list, an operation or the usages. */
  readonly group: string;
}

/** Throws for a request that the product has no reason to send. */
export function askOf({ method, url }: WireRequest): ArmAsk {
  const { pathname } = url;
  if (/\/operations\/[^/]+$/.test(pathname)) return { operation: 'operation', group: '' };
  if (/\/locations\/[^/]+\/usages$/.test(pathname)) return { operation: 'usages', group: '' };
  const match = /\/containerGroups(?:\/([^/]+))?(\/containers\/[^/]+\/logs)?$/i.exec(pathname);
  if (match === null) throw new Error(`The simulation knows no ${method} ${pathname}.`);
  const group = match[1] ?? '';
  if (match[2] !== undefined) return { operation: 'logs', group };
  if (group === '') return { operation: 'list', group };
  switch (method) {
    case 'PUT':
      return { operation: 'put', group };
    case 'GET':
      return { operation: 'get', group };
    case 'DELETE':
      return { operation: 'delete', group };
    default:
      throw new Error(`The simulation knows no ${method} ${pathname}.`);
  }
}

/** An error in ARM's words. */
export function armFault(status: number, code: string, message: string): WireResponse {
  return json(status, { error: { code, message } });
}

export function notFound(group: string): WireResponse {
  const message = `The Resource 'Microsoft.ContainerInstance/containerGroups/${group}' under resource group 'sim' was not found.`;
  return armFault(404, 'ResourceNotFound', message);
}

export function groupMissing(): WireResponse {
  return armFault(404, 'ResourceGroupNotFound', "Resource group 'sim' could not be found.");
}
