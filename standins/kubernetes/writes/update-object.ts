// A change of an object that is there, from its new body to the store.
import { ApiFault, badRequest, conflict, detailsOf } from '../answers/api-fault';
import { invalid } from '../answers/invalid';
import type { KubernetesContext } from '../context';
import { type FieldWrite, ownedAfterUpdate, sameButOwners } from '../fields/managed-fields';
import { rulesOf } from '../kinds/kind-rules';
import { validateUpdate } from '../kinds/validate';
import { type Resource, storedAs } from '../resources/resources';
import { decode } from '../schema/decode';
import { isStruct } from '../schema/structs';
import { type JsonObject, objectAt, sameJson, textAt } from '../store/json';
import { type KubeObject, metaOf, withMeta } from '../store/kube-object';

export interface Update {
  readonly resource: Resource;
  readonly current: KubeObject;
  /** The whole object as it shall be. */
  readonly body: JsonObject;
  /** Of whom the changed fields are; undefined keeps the owners that the body has. */
  readonly by?: FieldWrite;
  /** Only its status is changed, or all but its status. */
  readonly part: 'status' | 'rest';
  readonly dryRun?: boolean;
}

/** Throws the ApiFault of what may not be: another uid or version (409), another name (400), a bad field (422). */
export function updateObject({ store }: KubernetesContext, update: Update): KubeObject {
  const { resource, current, body } = update;
  checkIdentity(update);
  const rules = rulesOf(resource.name);
  const decoded = normal(resource, update.part === 'status' ? body : rules.defaults(body));
  const next = serverSet(update, decoded, rules.generation);
  const faults = validateUpdate(resource, next, current);
  if (faults.length > 0) throw invalid(resource, current.metadata.name, faults);
  // An update that changes nothing but whose fields they are is none.
  const unchanged = sameButOwners(next, current);
  const owned = update.by === undefined ? next : ownedAfterUpdate(current, next, update.by);
  if (update.dryRun === true) return owned;
  const { name, namespace } = current.metadata;
  const key = { resource: storedAs(resource), name, ...(namespace !== undefined && { namespace }) };
  return unchanged && update.by !== undefined ? current : store.update(key, () => owned);
}

function normal({ kind }: Resource, body: JsonObject): JsonObject {
  return isStruct(kind) ? decode(kind, body).value : body;
}

function checkIdentity({ resource, current, body }: Update): void {
  const { name, uid, resourceVersion } = current.metadata;
  const sent = objectAt(body, 'metadata');
  const sentName = textAt(sent, 'name') ?? '';
  if (sentName !== '' && sentName !== name)
    throw badRequest(`the name of the object (${sentName}) does not match the name on the URL (${name})`);
  const sentUid = textAt(sent, 'uid') ?? '';
  const details = detailsOf(resource, name);
  if (sentUid !== '' && sentUid !== uid)
    throw new ApiFault(
      409,
      'Conflict',
      `Operation cannot be fulfilled on ${resource.name} "${name}": Precondition failed: UID in precondition: ${sentUid}, UID in object meta: ${uid}`,
      details,
    );
  const version = textAt(sent, 'resourceVersion') ?? '';
  if (version !== '' && version !== resourceVersion)
    throw conflict(
      resource.name,
      details,
      'the object has been modified; please apply your changes to the latest version and try again',
    );
}

/** Keeps what a client can't change. */
function serverSet({ resource, current, part }: Update, decoded: JsonObject, counted: boolean): KubeObject {
  const { metadata } = current;
  const { name, uid, creationTimestamp } = metadata;
  const sent = metaOf(decoded, { name, uid, creationTimestamp });
  const own = withMeta(
    { apiVersion: current.apiVersion, kind: current.kind, metadata: sent },
    {
      namespace: metadata.namespace,
      resourceVersion: metadata.resourceVersion,
      generation: metadata.generation,
      deletionTimestamp: metadata.deletionTimestamp,
      deletionGracePeriodSeconds: metadata.deletionGracePeriodSeconds,
      generateName: metadata.generateName,
      ...(sent.managedFields === undefined && { managedFields: metadata.managedFields }),
    },
  ).metadata;
  if (part === 'status')
    return {
      ...current,
      metadata: { ...metadata, ...(own.managedFields && { managedFields: own.managedFields }) },
      status: decoded['status'],
    };
  const hasStatus = resource.subresources.some((one) => one.name === 'status');
  const next: KubeObject = {
    ...decoded,
    apiVersion: current.apiVersion,
    kind: current.kind,
    metadata: own,
    ...(hasStatus && { status: current['status'] }),
  };
  const specChanged = !sameJson(next['spec'], current['spec']);
  if (!counted || !specChanged) return next;
  return withMeta(next, { generation: (metadata.generation ?? 0) + 1 });
}
