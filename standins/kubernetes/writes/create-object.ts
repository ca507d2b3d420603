// A create from its body to the store: names, defaults, admission, validation, the write. Controllers use it too.
import { admit, admitFinished } from '../admission/admit';
import { ApiFault, badRequest, detailsOf } from '../answers/api-fault';
import { invalid, required } from '../answers/invalid';
import type { KubernetesContext } from '../context';
import { fieldPaths } from '../fields/field-paths';
import { ownedAfterUpdate, withOwners } from '../fields/managed-fields';
import { rulesOf } from '../kinds/kind-rules';
import { validateCreate } from '../kinds/validate';
import { type Resource, storedAs } from '../resources/resources';
import { decode } from '../schema/decode';
import { isStruct } from '../schema/structs';
import { type JsonObject, objectAt, textAt, without } from '../store/json';
import { apiTime, type KubeObject, metaOf } from '../store/kube-object';
import { StoreFault } from '../store/object-store';
import type { Creation } from './creation';
import { generateName } from './name-suffix';

/**
 * Makes an object as a POST does and returns it as kept, without a `resourceVersion` after a dry run. Throws the
 * ApiFault that the POST would be answered with: a quota's 403, a bad field's 422, the 409 of a name that is taken.
 */
export function createObject(context: KubernetesContext, creation: Creation): KubeObject {
  const { resource, namespace } = creation;
  const rules = rulesOf(resource.name);
  const sent = without(objectAt(creation.body, 'metadata'), ...SERVER_SET);
  const sentNamespace = textAt(sent, 'namespace') ?? '';
  if (sentNamespace !== '' && sentNamespace !== (namespace ?? ''))
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  const name = nameOf(context, resource, sent);
  const own = { name, uid: context.newId(), creationTimestamp: apiTime(context.clock.now()) };
  const defaulted = rules.defaults({ ...creation.body, metadata: sent });
  const sentName = textAt(sent, 'name') ?? textAt(sent, 'generateName') ?? '';
  const admitted = admit(context, { ...creation, name: sentName, body: defaulted });
  const prepared = normal(resource, rules.prepare(admitted, own));
  const metadata = metaOf(prepared, own);
  const object: KubeObject = {
    ...prepared,
    apiVersion: resource.apiVersion,
    kind: resource.kind,
    metadata: {
      ...metadata,
      ...(namespace !== undefined && { namespace }),
      ...(rules.generation && { generation: 1 }),
    },
  };
  const faults = validateCreate(resource, object);
  if (faults.length > 0) throw invalid(resource, name, faults);
  admitFinished(context, { ...creation, name }, object);
  return write(context, creation, owned(creation, object));
}

/** What a client may send but only the server sets. */
const SERVER_SET = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'selfLink',
  'managedFields',
];

function owned({ resource, manager, applied }: Creation, object: KubeObject): KubeObject {
  const { apiVersion } = resource;
  const time = object.metadata.creationTimestamp;
  if (applied) {
    const paths = fieldPaths(resource.kind, applied.config);
    return withOwners(object, [{ manager: applied.manager, operation: 'Apply', apiVersion, time, paths }]);
  }
  return manager === undefined ? object : ownedAfterUpdate(undefined, object, { manager, apiVersion, time });
}

function nameOf({ random }: KubernetesContext, resource: Resource, metadata: JsonObject): string {
  const name = textAt(metadata, 'name') ?? '';
  if (name !== '') return name;
  const prefix = textAt(metadata, 'generateName') ?? '';
  if (prefix !== '') return generateName(random, prefix);
  throw invalid(resource, '', [required('metadata.name', 'name or generateName is required')]);
}

/** In the form that the server keeps, so that equal objects compare equal. */
function normal({ kind }: Resource, body: JsonObject): JsonObject {
  return isStruct(kind) ? decode(kind, body).value : body;
}

function write({ store }: KubernetesContext, { resource, dryRun }: Creation, object: KubeObject): KubeObject {
  const { name, namespace } = object.metadata;
  const stored = storedAs(resource);
  const current = store.get({ resource: stored, name, ...(namespace !== undefined && { namespace }) });
  if (current) throw taken(resource, current);
  if (dryRun === true) return object;
  try {
    return store.create(stored, object);
  } catch (error) {
    if (error instanceof StoreFault && error.current) throw taken(resource, error.current);
    throw error;
  }
}

function taken(resource: Resource, { metadata }: KubeObject): ApiFault {
  const exists = `${resource.name} "${metadata.name}" already exists`;
  const message = metadata.deletionTimestamp === undefined ? exists : `object is being deleted: ${exists}`;
  return new ApiFault(409, 'AlreadyExists', message, detailsOf(resource, metadata.name));
}
