// Operations of the management API on many instances.
import { json, type WireRequest, type WireResponse } from '../../wire/handler';
import { instanceStatus } from '../instance-status';
import { empty } from './http-answers';
import { matches, pageOf, queryOf } from './instance-query';
import type { ManagementParts } from './management-parts';

const CONTINUATION = 'x-ms-continuation-token';

export function listInstances({ client }: ManagementParts, request: WireRequest): WireResponse {
  const params = request.url.searchParams;
  const query = queryOf(params);
  const top = /^\d+$/.test(params.get('top') ?? '') ? Number(params.get('top')) : undefined;
  const found = client.all().filter((row) => matches(row, query));
  const page = pageOf(found, top, request.headers[CONTINUATION] ?? '');
  const showInput = params.get('showInput')?.toLowerCase() !== 'false';
  const statuses = page.rows.map((row) => instanceStatus(row, showInput));
  return json(200, statuses, { [CONTINUATION]: page.nextToken });
}

export async function purgeInstances(
  { client }: ManagementParts,
  request: WireRequest,
): Promise<WireResponse> {
  const query = queryOf(request.url.searchParams);
  if (query.createdFrom === undefined)
    return json(400, "Please provide value for 'createdTimeFrom' parameter.");
  const found = client.all().filter((row) => matches(row, query));
  if (found.length === 0) return empty(404);
  await client.purge(found);
  return json(200, { instancesDeleted: found.length });
}
