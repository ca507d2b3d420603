// The schemas of the API's objects in the words of OpenAPI, made from the very fields by which the server reads them.
import type { Resource } from '../resources/resources';
import type { Field, FieldType, Scalar } from '../schema/field-type';
import { fieldsOf, packageOf } from '../schema/structs';
import type { JsonObject } from '../store/json';
import type { Dialect } from './dialect';

/** Schemas by their full names, as far as they were referred to. */
export interface Schemas {
  /** Reference to the schema of a resource's objects, or of a list of them. */
  object(resource: Resource): JsonObject;
  list(resource: Resource): JsonObject;
  all(): Readonly<Record<string, JsonObject>>;
}

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';
const PACKAGES = { meta: META, batch: 'io.k8s.api.batch.v1', core: 'io.k8s.api.core.v1' } as const;

export function createSchemas(dialect: Dialect): Schemas {
  const made = new Map<string, JsonObject>();
  const refer = (name: string, make: () => JsonObject): JsonObject => {
    if (!made.has(name)) {
      // First, because a schema may refer to itself.
      made.set(name, {});
      made.set(name, make());
    }
    return { $ref: `${dialect.schemasAt}${name}` };
  };
  const struct = (name: string): JsonObject =>
    refer(`${PACKAGES[packageOf(name) ?? 'core']}.${name}`, () => structSchema(name));
  const structSchema = (name: string): JsonObject => {
    const fields = [...fieldsOf(name)];
    const required = fields.filter(([, field]) => isRequired(field)).map(([field]) => field);
    return {
      type: 'object',
      properties: Object.fromEntries(fields.map(([field, { type }]) => [field, typeSchema(type)])),
      ...(required.length > 0 && { required }),
    };
  };
  const typeSchema = (type: FieldType): JsonObject => {
    switch (type.kind) {
      case 'scalar':
        return scalarSchema(type.scalar);
      case 'struct':
        return struct(type.name);
      case 'map':
        return { type: 'object', additionalProperties: typeSchema(type.of) };
      case 'list':
        return { type: 'array', items: typeSchema(type.of), ...mergedBy(type.items) };
    }
  };
  const scalarSchema = (scalar: Scalar): JsonObject => {
    switch (scalar) {
      case 'string':
        return { type: 'string' };
      case 'bool':
        return { type: 'boolean' };
      case 'int32':
      case 'int64':
        return { type: 'integer', format: scalar };
      case 'bytes':
        return { type: 'string', format: 'byte' };
      case 'time':
        return refer(`${META}.Time`, () => ({ type: 'string', format: 'date-time' }));
      case 'microTime':
        return refer(`${META}.MicroTime`, () => ({ type: 'string', format: 'date-time' }));
      case 'quantity':
        return refer('io.k8s.apimachinery.pkg.api.resource.Quantity', () => dialect.quantity);
      case 'intOrString':
        return refer('io.k8s.apimachinery.pkg.util.intstr.IntOrString', () => dialect.intOrString);
      case 'raw':
        return ANYTHING;
    }
  };
  const object = (resource: Resource): JsonObject =>
    refer(nameOf(resource), () => {
      const known = isKnown(resource);
      const own = known ? structSchema(resource.kind) : structSchema('AnyKind');
      const properties = { ...TYPE_META, ...(isProperties(own['properties']) && own['properties']) };
      return {
        ...own,
        properties,
        ...(!known && ANYTHING),
        ...kindOf(resource, resource.kind),
      };
    });
  return {
    object,
    list: (resource) =>
      refer(`${nameOf(resource)}List`, () => ({
        type: 'object',
        properties: {
          ...TYPE_META,
          metadata: refer(`${META}.ListMeta`, () => LIST_META),
          items: { type: 'array', items: object(resource) },
        },
        required: ['items'],
        ...kindOf(resource, `${resource.kind}List`),
      })),
    all: () => Object.fromEntries([...made].sort(([left], [right]) => (left < right ? -1 : 1))),
  };
}

const TYPE_META = { apiVersion: { type: 'string' }, kind: { type: 'string' } };
/** Kept as it is sent, whatever it is. */
const ANYTHING = { 'x-kubernetes-preserve-unknown-fields': true };
const LIST_META = {
  type: 'object',
  properties: {
    continue: { type: 'string' },
    remainingItemCount: { type: 'integer', format: 'int64' },
    resourceVersion: { type: 'string' },
    selfLink: { type: 'string' },
  },
};

/** Whether objects of the resource are read field by field. Events of `events.k8s.io` have other fields than these. */
function isKnown({ group, kind }: Resource): boolean {
  const own = packageOf(kind);
  return (own === 'batch' && group === 'batch') || (own === 'core' && group === '');
}

/** A scalar or a list that is always written has no other place to come from than who sends it. A time is set later. */
function isRequired({ always, type }: Field): boolean {
  if (!always) return false;
  return type.kind === 'list' || (type.kind === 'scalar' && !['time', 'microTime'].includes(type.scalar));
}

function mergedBy(items: (FieldType & { readonly kind: 'list' })['items']): JsonObject {
  switch (items.kind) {
    case 'atomic':
      return { 'x-kubernetes-list-type': 'atomic' };
    case 'set':
      return { 'x-kubernetes-list-type': 'set', 'x-kubernetes-patch-strategy': 'merge' };
    case 'keyed':
      return {
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': [...items.keys],
        'x-kubernetes-patch-strategy': 'merge',
        'x-kubernetes-patch-merge-key': items.keys[0],
      };
  }
}

function kindOf({ group, version }: Resource, kind: string): JsonObject {
  return { 'x-kubernetes-group-version-kind': [{ group, kind, version }] };
}

/** Groups whose types do not live in k8s.io/api. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'apiextensions.k8s.io': 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions',
  'apiregistration.k8s.io': 'io.k8s.kube-aggregator.pkg.apis.apiregistration',
};

function nameOf({ group, version, kind }: Resource): string {
  const own = group === '' ? 'core' : (group.split('.')[0] ?? group);
  return `${ELSEWHERE[group] ?? `io.k8s.api.${own}`}.${version}.${kind}`;
}

function isProperties(value: JsonObject[string]): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
