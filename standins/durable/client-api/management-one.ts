// Operations of the management API on one instance.
import { json, type WireRequest, type WireResponse } from '../../wire/handler';
import { isOver } from '../instance-row';
import { instanceStatus } from '../instance-status';
import { DotnetError } from '../worker/failure';
import { empty, errorAnswer } from './http-answers';
import { jsonBody, JsonReaderError } from './json-body';
import { instanceLinks } from './links';
import type { ManagementParts } from './management-parts';
import { statusHistory } from './status-history';

/** POST orchestrators/{name}/{id}: without a body there is no input, whatever the content type says. */
export async function startNew(
  parts: ManagementParts,
  request: WireRequest,
  name: string,
  instanceId: string,
): Promise<WireResponse> {
  let id: string;
  try {
    const input = request.body.length === 0 ? null : jsonBody(request.body);
    id = await parts.client.start(name, instanceId, input);
  } catch (error) {
    if (error instanceof JsonReaderError) return errorAnswer(400, 'Invalid JSON content', error);
    throw error;
  }
  return checkStatus(parts, request, id);
}

/**
 * POST instances/{id}/restart: the same orchestrator with the same input, under a new id unless the request says
 * otherwise.
 */
export async function restart(
  parts: ManagementParts,
  request: WireRequest,
  instanceId: string,
): Promise<WireResponse> {
  const row = parts.client.status(instanceId);
  if (row === undefined)
    return errorAnswer(
      400,
      'InstanceId does not match a valid orchestration instance.',
      new DotnetError(
        'System.ArgumentException',
        // The extension's own spelling.
        `An orchestrastion with the instanceId ${instanceId} was not found.`,
      ),
    );
  const isSameId = flag(request, 'restartWithNewInstanceId') === false;
  const id = await parts.client.start(row.name, isSameId ? instanceId : '', row.input);
  return checkStatus(parts, request, id);
}

export function getStatus(
  { client, hub }: ManagementParts,
  request: WireRequest,
  instanceId: string,
): WireResponse {
  const row = client.status(instanceId);
  if (row === undefined) return empty(404);
  const showInput = flag(request, 'showInput') ?? true;
  const wantsHistory = flag(request, 'showHistory') === true && row.status !== 'Pending';
  const showOutput = flag(request, 'showHistoryOutput') ?? false;
  const history = wantsHistory ? statusHistory(hub.store.history(row), { showOutput, showInput }) : undefined;
  const status = instanceStatus(row, showInput, history);
  if (!isOver(row.status)) return json(202, status, { location: request.url.href, 'retry-after': '5' });
  const isError = row.status === 'Failed' && flag(request, 'returnInternalServerErrorOnFailure') === true;
  return json(isError ? 500 : 200, status);
}

export async function purgeOne({ client }: ManagementParts, instanceId: string): Promise<WireResponse> {
  const row = client.status(instanceId);
  if (row === undefined) return empty(404);
  await client.purge([row]);
  return json(200, { instancesDeleted: 1 });
}

export async function raiseEvent(
  { client }: ManagementParts,
  request: WireRequest,
  instanceId: string,
  name: string,
): Promise<WireResponse> {
  const refused = refusal(client.status(instanceId));
  if (refused !== undefined) return refused;
  const mediaType = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json')
    return errorAnswer(400, 'Only application/json request content is supported');
  try {
    await client.raiseEvent(instanceId, name, jsonBody(request.body) ?? 'null');
  } catch (error) {
    if (error instanceof JsonReaderError) return errorAnswer(400, 'Invalid JSON content', error);
    throw error;
  }
  return empty(202);
}

export async function steer(
  { client }: ManagementParts,
  request: WireRequest,
  instanceId: string,
  operation: 'terminate' | 'suspend' | 'resume',
): Promise<WireResponse> {
  const refused = refusal(client.status(instanceId));
  if (refused !== undefined) return refused;
  await client[operation](instanceId, request.url.searchParams.get('reason'));
  return empty(202);
}

export async function rewindOne(
  { client }: ManagementParts,
  request: WireRequest,
  instanceId: string,
): Promise<WireResponse> {
  const row = client.status(instanceId);
  if (row === undefined) return empty(404);
  if (row.status !== 'Failed' && isOver(row.status)) return empty(410);
  await client.rewind(instanceId, request.url.searchParams.get('reason'));
  return empty(202);
}

/** 404 for an instance that does not exist, 410 for one that is over. */
function refusal(row: ReturnType<ManagementParts['client']['status']>): WireResponse | undefined {
  if (row === undefined) return empty(404);
  return isOver(row.status) ? empty(410) : undefined;
}

/** Answers 202 with the addresses; with `timeout` and `pollingInterval` (seconds) the output if it comes in time. */
async function checkStatus(
  parts: ManagementParts,
  request: WireRequest,
  instanceId: string,
): Promise<WireResponse> {
  const timeout = seconds(request, 'timeout');
  const interval = seconds(request, 'pollingInterval');
  if (timeout !== undefined && interval !== undefined) {
    const over = await whenOver(parts, request, instanceId, timeout * 1000, interval * 1000);
    if (over !== undefined) return over;
  }
  const all = instanceLinks({ ...parts.links, origin: request.url.origin }, instanceId);
  // The extension leaves this one out of its answers.
  const links = Object.fromEntries(Object.entries(all).filter(([name]) => name !== 'rewindPostUri'));
  return json(202, links, { location: links['statusQueryGetUri'] ?? '', 'retry-after': '10' });
}

async function whenOver(
  parts: ManagementParts,
  request: WireRequest,
  instanceId: string,
  timeoutMs: number,
  intervalMs: number,
): Promise<WireResponse | undefined> {
  if (intervalMs > timeoutMs)
    throw new DotnetError(
      'System.ArgumentException',
      `Total timeout ${timeoutMs / 1000} should be bigger than retry timeout ${intervalMs / 1000}`,
    );
  const { hub, client } = parts;
  const until = hub.clock.monotonic() + timeoutMs;
  for (;;) {
    const row = client.status(instanceId);
    if (row?.status === 'Completed') return json(200, instanceStatus(row, true).output);
    if (row !== undefined && isOver(row.status)) return getStatus(parts, request, instanceId);
    const left = until - hub.clock.monotonic();
    if (left <= 0 || hub.isStopping()) return undefined;
    await hub.sleep(Math.min(left, intervalMs));
  }
}

function flag(request: WireRequest, name: string): boolean | undefined {
  const text = request.url.searchParams.get(name)?.trim().toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

function seconds(request: WireRequest, name: string): number | undefined {
  const text = request.url.searchParams.get(name);
  const value = text === null || text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}
