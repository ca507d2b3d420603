// Watches: one JSON object a line, for as long as the client asks, and the bookmarks between.
import type { Timer } from '../../kernel/timers';
import type { BodySink, WireResponse } from '../../wire/handler';
import { ApiFault, badRequest, statusOf } from '../answers/api-fault';
import { type Media, negotiate } from '../answers/media';
import { emptyObject } from '../answers/render';
import { goJson } from '../answers/respond';
import { viewObject } from '../answers/views';
import { type ApiRequest, isSet } from '../api/api-request';
import type { KubernetesContext } from '../context';
import type { JsonObject } from '../store/json';
import type { KubeObject } from '../store/kube-object';
import { versionMatch, watchVersion } from './resource-version';
import { type Selection, selectionOf } from './selection';

/** With a deadline, bookmarks also come twice about this long before it (recorded: F23, three in 75 s). */
const BOOKMARKS_BEFORE_END_MS = [3000, 2000];

/** What a watch begins with. */
interface Beginning {
  /** Every object that is there comes as ADDED first. */
  readonly initial: boolean;
  /** A bookmark says that the initial objects are over. */
  readonly marksInitialEnd: boolean;
  readonly since: number;
}

export function watchObjects(context: KubernetesContext, request: ApiRequest): WireResponse {
  const media = negotiate(request.wire.headers['accept'], true);
  const selection = selectionOf(request);
  const bookmarks = isSet(request.query, 'allowWatchBookmarks');
  const beginning = beginningOf(context, request, bookmarks);
  const endsAfterMs = timeoutOf(context, request);
  return {
    status: 200,
    headers: { 'content-type': media.contentType },
    stream: context.streams.stream((sink) =>
      watch(context, request, { media, selection, beginning, bookmarks, endsAfterMs }, sink),
    ),
  };
}

interface WatchOptions {
  readonly media: Media;
  readonly selection: Selection;
  readonly beginning: Beginning;
  readonly bookmarks: boolean;
  readonly endsAfterMs: number;
}

function beginningOf({ store }: KubernetesContext, { query }: ApiRequest, bookmarks: boolean): Beginning {
  versionMatch(query, true);
  const version = watchVersion(query);
  const asked = query.get('sendInitialEvents');
  const initial = asked === null ? version === undefined || version === 0 : isSet(query, 'sendInitialEvents');
  const since = initial || version === undefined || version === 0 ? store.revision() : version;
  return { initial, marksInitialEnd: initial && asked !== null && bookmarks, since };
}

function timeoutOf({ settings, random }: KubernetesContext, { query }: ApiRequest): number {
  const text = query.get('timeoutSeconds') ?? '';
  if (text === '' || text === '0') return settings.watchTimeoutMs * (1 + random.next());
  if (!/^\d+$/.test(text))
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Number(text) * 1000;
}

/** Returns what stops it. */
function watch(
  context: KubernetesContext,
  request: ApiRequest,
  options: WatchOptions,
  sink: BodySink,
): () => void {
  const { store, timers } = context;
  const { media, selection, beginning, endsAfterMs } = options;
  let first = true;
  const send = (type: string, object: JsonObject): void => sink.write(`${goJson({ type, object })}\n`);
  const sendObject = (type: string, object: KubeObject): void => {
    send(type, viewObject(context, request, media.view, object, first));
    first = false;
  };
  const bookmark = (annotations?: JsonObject): void =>
    send(
      'BOOKMARK',
      emptyObject(request.resource, {
        resourceVersion: String(store.revision()),
        ...(annotations && { annotations }),
      }),
    );

  if (beginning.initial)
    for (const object of store.list(selection.stored, selection.namespace).items)
      if (selection.fits(object)) sendObject('ADDED', object);
  if (beginning.marksInitialEnd) bookmark({ 'k8s.io/initial-events-end': 'true' });

  const missed = store.changesSince(beginning.since);
  if (missed === 'expired') {
    const why = `too old resource version: ${beginning.since} (${store.oldest()})`;
    send('ERROR', statusOf(new ApiFault(410, 'Expired', why)));
    sink.end();
    return () => undefined;
  }
  const show = (change: (typeof missed)[number]): void => {
    const seen = change.revision > beginning.since ? selection.seen(change) : undefined;
    if (seen) sendObject(seen.type, seen.object);
  };
  for (const change of missed) show(change);
  const unsubscribe = store.subscribe(show);
  const end = timers.after(endsAfterMs, () => sink.end());
  const marks = options.bookmarks ? bookmarkTimers(context, endsAfterMs, () => bookmark()) : [];
  return () => {
    unsubscribe();
    end.cancel();
    for (const timer of marks) timer.cancel();
  };
}

function bookmarkTimers(
  { timers, settings }: KubernetesContext,
  endsAfterMs: number,
  bookmark: () => void,
): readonly Timer[] {
  let next: Timer | undefined;
  const last = endsAfterMs - Math.max(...BOOKMARKS_BEFORE_END_MS);
  const again = (atMs: number): void => {
    if (atMs >= last) return;
    next = timers.after(settings.bookmarkEveryMs, () => {
      bookmark();
      again(atMs + settings.bookmarkEveryMs);
    });
  };
  again(settings.bookmarkEveryMs);
  const beforeEnd = BOOKMARKS_BEFORE_END_MS.filter((ms) => ms < endsAfterMs).map((ms) =>
    timers.after(endsAfterMs - ms, bookmark),
  );
  return [{ cancel: () => next?.cancel() }, ...beforeEnd];
}
