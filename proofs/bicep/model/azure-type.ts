// Azure's type data of a resource as a type. They lead back to themselves, so each is made when it is first asked for.
import {
  indexOf,
  type PublishedProperty,
  type PublishedType,
  type Ref,
  type TypeEntry,
} from '../types/type-file';
import { ANY, BOOL, type Property, type Scope, type Type, unionOf } from './type';

const REQUIRED = 1;
const READ_ONLY = 2;
const KNOWN_AT_START = 8;

const SCOPE_BITS: readonly (readonly [number, Scope])[] = [
  [1, 'tenant'],
  [2, 'managementGroup'],
  [4, 'subscription'],
  [8, 'resourceGroup'],
];
const EXTENDS_RESOURCES = 16;

export interface ResourceType {
  /** `Type@version` as Azure writes it. */
  readonly name: string;
  readonly body: Type;
  readonly scopes: readonly Scope[];
  /** Whether it may be deployed onto another resource. */
  readonly extendsResources: boolean;
}

export function resourceTypeOf({ resource, types }: TypeEntry): ResourceType {
  const made = new Map<number, Type>();
  const typeAt = (ref: Ref): Type => {
    const index = indexOf(ref);
    const known = made.get(index);
    if (known !== undefined) return known;
    const published = types[index];
    const type = published === undefined ? ANY : typeOf(published, typeAt);
    made.set(index, type);
    return type;
  };
  return {
    name: resource.name,
    body: typeAt(resource.body),
    scopes: SCOPE_BITS.filter(([bit]) => (resource.writableScopes & bit) !== 0).map(([, scope]) => scope),
    extendsResources: (resource.writableScopes & EXTENDS_RESOURCES) !== 0,
  };
}

function typeOf(published: PublishedType, typeAt: (ref: Ref) => Type): Type {
  switch (published.$type) {
    case 'AnyType':
      return ANY;
    case 'BooleanType':
      return BOOL;
    case 'IntegerType':
      return { kind: 'int', min: published.minValue, max: published.maxValue };
    case 'StringType': {
      const { sensitive, minLength, maxLength, pattern } = published;
      return { kind: 'string', secret: sensitive, min: minLength, max: maxLength, pattern };
    }
    case 'StringLiteralType':
      return { kind: 'string', value: published.value };
    case 'UnionType':
      return unionOf(published.elements.map(typeAt));
    case 'ArrayType': {
      const { itemType, minLength, maxLength } = published;
      return lazily({ kind: 'array', min: minLength, max: maxLength } as const, 'item', () =>
        typeAt(itemType),
      );
    }
    case 'ObjectType': {
      const { name, additionalProperties: others } = published;
      const properties = propertiesOf(published.properties, typeAt);
      return lazily({ kind: 'object', name, properties } as const, 'others', () =>
        others === undefined ? undefined : typeAt(others),
      );
    }
    case 'DiscriminatedObjectType': {
      const { name, discriminator: key } = published;
      const base = propertiesOf(published.baseProperties, typeAt);
      return lazily({ kind: 'discriminated', name, key } as const, 'elements', () => {
        const withBase = (ref: Ref): Type => {
          const type = typeAt(ref);
          if (type.kind !== 'object') return type;
          return { ...type, properties: new Map([...base, ...type.properties]) };
        };
        return new Map(Object.entries(published.elements).map(([value, ref]) => [value, withBase(ref)]));
      });
    }
  }
}

function propertiesOf(
  published: Readonly<Record<string, PublishedProperty>>,
  typeAt: (ref: Ref) => Type,
): ReadonlyMap<string, Property> {
  return new Map(
    Object.entries(published).map(([name, { type, flags }]) => {
      const rest = {
        required: (flags & REQUIRED) !== 0,
        readOnly: (flags & READ_ONLY) !== 0,
        knownAtStart: (flags & KNOWN_AT_START) !== 0,
      };
      return [name, lazily(rest, 'type', () => typeAt(type))] as const;
    }),
  );
}

/** The object with one more member, which is made when it is first read. */
function lazily<T extends object, K extends string, V>(
  rest: T,
  key: K,
  make: () => V,
): T & Readonly<Record<K, V>> {
  let made: { readonly value: V } | undefined;
  const descriptor = {
    enumerable: true,
    get: (): V => {
      made ??= { value: make() };
      return made.value;
    },
  };
  return Object.defineProperty({ ...rest }, key, descriptor) as T & Readonly<Record<K, V>>;
}
