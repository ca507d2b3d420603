// A deletion: at once, after the dependents, or after a pod's grace. Controllers come this way too.
import { conflict, notFound } from '../answers/api-fault';
import type { KubernetesContext } from '../context';
import { rulesOf } from '../kinds/kind-rules';
import { PODS, type Resource, storedAs } from '../resources/resources';
import { numberAt, textAt } from '../store/json';
import { apiTime, type KubeObject, withMeta } from '../store/kube-object';
import type { DeleteOptions, Propagation } from './delete-options';

export interface Deletion {
  readonly resource: Resource;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly options: Omit<DeleteOptions, 'dryRun'> & { readonly dryRun?: boolean };
}

export interface Deleted {
  /** As it is now, or as it last was. */
  readonly object: KubeObject;
  /** Whether it is gone; else finalizers or its grace keep it. */
  readonly gone: boolean;
}

/** Marks that the garbage collector acts on, and takes away when it has (apimachinery). */
export const FOREGROUND = 'foregroundDeletion';
export const ORPHAN = 'orphan';

/** Throws the ApiFault of a name that is not there (404) or of a precondition that does not hold (409). */
export function deleteObject(context: KubernetesContext, deletion: Deletion): Deleted {
  const { resource, namespace, name, options } = deletion;
  const { store } = context;
  const key = { resource: storedAs(resource), name, ...(namespace !== undefined && { namespace }) };
  const current = store.get(key);
  if (!current) throw notFound(resource, name);
  checkPreconditions(resource, current, options);
  const marked = markedForDeletion(context, deletion, current);
  const gone = isFree(marked);
  if (options.dryRun === true) return { object: gone ? current : marked, gone };
  // A pod is seen terminating before it goes, however short its grace (recorded: H12, L17-08).
  const written = gone && resource !== PODS ? current : store.update(key, () => marked);
  if (!gone) return { object: written, gone };
  const present = store.get(key);
  if (present) store.remove(key);
  return { object: written, gone };
}

function checkPreconditions(
  resource: Resource,
  { metadata }: KubeObject,
  options: Deletion['options'],
): void {
  const { group, kind } = resource;
  const details = { name: metadata.name, ...(group !== '' && { group }), kind };
  const what = group === '' ? kind : `${kind}.${group}`;
  if (options.uid !== undefined && options.uid !== metadata.uid)
    throw conflict(
      what,
      details,
      `the UID in the precondition (${options.uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
    );
  const { resourceVersion } = metadata;
  if (options.resourceVersion !== undefined && options.resourceVersion !== resourceVersion)
    throw conflict(
      what,
      details,
      `the ResourceVersion in the precondition (${options.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion ?? ''}). The object might have been modified`,
    );
}

function markedForDeletion(
  context: KubernetesContext,
  { resource, options }: Deletion,
  object: KubeObject,
): KubeObject {
  const finalizers = finalizersFor(resource, object, options.propagation);
  const { metadata } = object;
  const grace = resource === PODS ? podGrace(object, options.gracePeriodSeconds) : 0;
  const already = metadata.deletionTimestamp !== undefined;
  const left = metadata.deletionGracePeriodSeconds ?? 0;
  // A second delete may shorten the grace, never lengthen it, and only if it says so.
  const shortens = resource === PODS && options.gracePeriodSeconds !== undefined && grace < left;
  if (already && !shortens) return withMeta(object, { finalizers });
  return withMeta(object, {
    finalizers,
    deletionTimestamp: apiTime(context.clock.now() + grace * 1000),
    deletionGracePeriodSeconds: grace,
    ...(metadata.generation !== undefined && !already && { generation: metadata.generation + 1 }),
  });
}

/** Seconds. A pod that runs nowhere or is over needs none; less than 0 is the shortest. */
function podGrace(pod: KubeObject, asked: number | undefined): number {
  const phase = textAt(pod, 'status', 'phase');
  if (textAt(pod, 'spec', 'nodeName') === undefined || phase === 'Succeeded' || phase === 'Failed') return 0;
  const grace = asked ?? numberAt(pod, 'spec', 'terminationGracePeriodSeconds') ?? 0;
  return grace < 0 ? 1 : grace;
}

function finalizersFor(
  resource: Resource,
  { metadata }: KubeObject,
  asked: Propagation | undefined,
): readonly string[] | undefined {
  const own = metadata.finalizers ?? [];
  const others = own.filter((one) => one !== FOREGROUND && one !== ORPHAN);
  const kept = own.find((one) => one === ORPHAN || one === FOREGROUND);
  const mark =
    asked === undefined ? (kept ?? (rulesOf(resource.name).orphans ? ORPHAN : undefined)) : MARKS[asked];
  const finalizers = mark === undefined ? others : [...others, mark];
  return finalizers.length === 0 ? undefined : finalizers;
}

const MARKS: Readonly<Record<Propagation, string | undefined>> = {
  Foreground: FOREGROUND,
  Orphan: ORPHAN,
  Background: undefined,
};

function isFree({ metadata }: KubeObject): boolean {
  return (metadata.finalizers ?? []).length === 0 && (metadata.deletionGracePeriodSeconds ?? 0) === 0;
}
