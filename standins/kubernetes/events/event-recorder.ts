// Writes Events as components of Kubernetes do: one object for what happens again and again, counted up.
import type { Clock } from '../../kernel/clock';
import type { JsonObject } from '../store/json';
import { apiMicroTime, apiTime, type KubeObject } from '../store/kube-object';
import type { ObjectStore } from '../store/object-store';

/** Who says it. */
interface EventSource {
  readonly component: string;
  /** The node, of a kubelet. */
  readonly host?: string;
}

export interface Happening {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  /** Which part of the object: `spec.containers{main}`. */
  readonly fieldPath?: string;
  /** Its writer knows the object by its name alone: the event has neither uid nor version of it (recorded: N06). */
  readonly byName?: true;
}

export interface EventRecorder {
  /** In the older form: with a count and its first and last time. */
  record(source: EventSource, about: KubeObject, happening: Happening): void;
  /** In the form of events.k8s.io, as the scheduler writes: with `eventTime` and `action`, without the older times. */
  recordAction(component: string, about: KubeObject, action: string, happening: Happening): void;
}

export interface EventPorts {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Events are forgotten an hour after they last happened (kube-apiserver's `--event-ttl`). */
const KEPT_MS = 3_600_000;
const EVENTS = 'events';
/** The machine of the control plane, as the recorded one was called. */
const HOST = 'vm';

export function createEventRecorder({ store, clock, newId }: EventPorts): EventRecorder {
  /** Which event tells of the same, by what makes two happenings the same. */
  const known = new Map<string, { readonly namespace: string; readonly name: string; last: number }>();
  let written = 0n;

  const forgetOld = (): void => {
    for (const [key, event] of known) {
      if (event.last > clock.now() - KEPT_MS) continue;
      known.delete(key);
      if (store.get({ resource: EVENTS, ...placeOf(event) }))
        store.remove({ resource: EVENTS, ...placeOf(event) });
    }
  };

  const write = (
    key: string,
    about: KubeObject,
    first: () => JsonObject,
    again: (event: KubeObject) => JsonObject,
  ): void => {
    forgetOld();
    const now = clock.now();
    const namespace = about.metadata.namespace ?? 'default';
    const before = known.get(key);
    if (before && store.get({ resource: EVENTS, ...placeOf(before) })) {
      before.last = now;
      store.update({ resource: EVENTS, ...placeOf(before) }, (event) => ({ ...event, ...again(event) }));
      return;
    }
    written += 1n;
    const name = `${about.metadata.name}.${(BigInt(now) * 1_000_000n + written).toString(16)}`;
    known.set(key, { namespace, name, last: now });
    store.create(EVENTS, {
      kind: 'Event',
      apiVersion: 'v1',
      metadata: { name, namespace, uid: newId(), creationTimestamp: apiTime(now) },
      ...first(),
    });
  };

  return {
    record: (source, about, happening) => {
      const at = apiTime(clock.now());
      write(
        keyOf(source.component, about, happening),
        about,
        () => ({
          involvedObject: involved(about, happening),
          reason: happening.reason,
          message: happening.message,
          source: { ...source },
          firstTimestamp: at,
          lastTimestamp: at,
          count: 1,
          type: happening.type,
          eventTime: null,
          reportingComponent: source.component,
          reportingInstance: source.host ?? '',
        }),
        ({ count }) => ({ count: Number(count) + 1, lastTimestamp: at }),
      );
    },
    recordAction: (component, about, action, happening) => {
      const at = apiMicroTime(clock.now());
      // Of two versions of an object the same is told twice, as the scheduler tells it.
      const version = about.metadata.resourceVersion ?? '';
      write(
        keyOf(`${component} ${version}`, about, happening),
        about,
        () => ({
          involvedObject: involved(about, happening),
          reason: happening.reason,
          message: happening.message,
          source: {},
          firstTimestamp: null,
          lastTimestamp: null,
          type: happening.type,
          eventTime: at,
          action,
          reportingComponent: component,
          reportingInstance: `${component}-${HOST}`,
        }),
        // The first repetition is written; then the library counts to itself for half an hour (recorded: K02).
        ({ series }) => (series === undefined ? { series: { count: 2, lastObservedTime: at } } : {}),
      );
    },
  };
}

function placeOf({ namespace, name }: { readonly namespace: string; readonly name: string }) {
  return { namespace, name };
}

function keyOf(
  component: string,
  about: KubeObject,
  { type, reason, message, fieldPath }: Happening,
): string {
  return [component, about.metadata.uid, type, reason, message, fieldPath ?? ''].join('\0');
}

function involved({ kind, apiVersion, metadata }: KubeObject, { fieldPath, byName }: Happening): JsonObject {
  const named = {
    kind,
    ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
    name: metadata.name,
    apiVersion,
  };
  if (byName === true) return named;
  return {
    ...named,
    uid: metadata.uid,
    ...(metadata.resourceVersion !== undefined && { resourceVersion: metadata.resourceVersion }),
    ...(fieldPath !== undefined && { fieldPath }),
  };
}
