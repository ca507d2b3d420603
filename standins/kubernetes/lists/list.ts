// Lists of objects: at a version, in chunks, as objects, tables or metadata.
import type { WireResponse } from '../../wire/handler';
import { ApiFault, badRequest } from '../answers/api-fault';
import { negotiate } from '../answers/media';
import { renderItem } from '../answers/render';
import { respond } from '../answers/respond';
import { viewList } from '../answers/views';
import type { ApiRequest } from '../api/api-request';
import type { KubernetesContext } from '../context';
import type { JsonObject } from '../store/json';
import type { KubeObject } from '../store/kube-object';
import type { ObjectList } from '../store/object-store';
import {
  type Continuation,
  continuationExpired,
  readContinuation,
  writeContinuation,
} from './continue-token';
import { listVersion, tooLarge, versionMatch } from './resource-version';
import { type Selection, selectionOf } from './selection';

/** How long a list waits for a version that has not come yet (recorded: F12). */
const WAIT_FOR_VERSION_MS = 3000;

export async function listObjects(context: KubernetesContext, request: ApiRequest): Promise<WireResponse> {
  const media = negotiate(request.wire.headers['accept'], true);
  const selection = selectionOf(request);
  const limit = limitOf(request.query);
  const continued = request.query.get('continue') ?? '';
  const chunk =
    continued === ''
      ? await firstChunk(context, request, selection, limit)
      : nextChunk(context, request, selection);
  const { items, rest } = cut(
    chunk.items.filter((item) => selection.fits(item)),
    limit.ignored ? 0 : limit.most,
  );
  const metadata: JsonObject = {
    resourceVersion: String(chunk.revision),
    ...(rest > 0 && {
      continue: writeContinuation({ revision: chunk.revision, start: startAfter(items.at(-1), selection) }),
      // A selector leaves the server without the number.
      ...(!selection.selective && { remainingItemCount: rest }),
    }),
  };
  const body =
    media.view === 'object'
      ? {
          kind: `${request.resource.kind}List`,
          apiVersion: request.resource.apiVersion,
          metadata,
          items: items.map((item) => renderItem(request.resource, item)),
        }
      : viewList(context, request, media.view, metadata, items);
  return respond(request.wire, media, 200, body);
}

interface Limit {
  /** 0: no limit. */
  readonly most: number;
  /** A list at any version is served whole, from the server's cache (recorded: M08). */
  readonly ignored: boolean;
}

function limitOf(query: URLSearchParams): Limit {
  const text = query.get('limit') ?? '';
  if (text !== '' && !/^-?\d+$/.test(text))
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  return { most: Math.max(0, Number(text)), ignored: query.get('resourceVersion') === '0' };
}

async function firstChunk(
  context: KubernetesContext,
  { query }: ApiRequest,
  { stored, namespace }: Selection,
  limit: Limit,
): Promise<ObjectList> {
  const { store, timers } = context;
  const match = versionMatch(query, false);
  const version = listVersion(query);
  if (version === undefined || version === 0) return store.list(stored, namespace);
  if (version > store.revision()) {
    await new Promise<void>((resolve) => timers.after(WAIT_FOR_VERSION_MS, resolve));
    if (version > store.revision()) throw tooLarge(store, version);
  }
  const exact = match === 'Exact' || (match === undefined && limit.most > 0);
  if (!exact) return store.list(stored, namespace);
  const list = store.listAt(version, stored, namespace);
  if (list === 'expired')
    throw new ApiFault(410, 'Expired', 'The resourceVersion for the provided list is too old.');
  return list;
}

function nextChunk(
  { store }: KubernetesContext,
  { query }: ApiRequest,
  { stored, namespace }: Selection,
): ObjectList {
  const version = query.get('resourceVersion') ?? '';
  if (version !== '' && version !== '0')
    throw badRequest('specifying resource version is not allowed when using continue');
  const from = readContinuation(query.get('continue') ?? '');
  const list =
    from.revision < 0 ? store.list(stored, namespace) : store.listAt(from.revision, stored, namespace);
  if (list === 'expired') throw continuationExpired(from);
  return { ...list, items: list.items.filter((item) => keyOf(item, namespace) >= from.start) };
}

function cut(items: readonly KubeObject[], most: number): { items: readonly KubeObject[]; rest: number } {
  if (most === 0 || items.length <= most) return { items, rest: 0 };
  return { items: items.slice(0, most), rest: items.length - most };
}

/** The key right after an object's own. */
function startAfter(last: KubeObject | undefined, { namespace }: Selection): Continuation['start'] {
  const key = last === undefined ? '' : keyOf(last, namespace);
  return `${namespace === undefined ? '' : '/'}${key}\0`;
}

function keyOf({ metadata }: KubeObject, namespace: string | undefined): string {
  const within = namespace === undefined && metadata.namespace !== undefined ? `${metadata.namespace}/` : '';
  return `${within}${metadata.name}`;
}
