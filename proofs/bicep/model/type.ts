// The types of values: those that Bicep has, and those that Azure's type data tell of a resource.

/** Of a resource or a module, where one may be deployed. */
export type Scope = 'tenant' | 'managementGroup' | 'subscription' | 'resourceGroup';

export interface Property {
  readonly type: Type;
  readonly required: boolean;
  readonly readOnly: boolean;
  /** Known before anything is deployed, as a name or an id is. */
  readonly knownAtStart: boolean;
}

export interface ObjectType {
  readonly kind: 'object';
  /** How messages call it. */
  readonly name: string;
  readonly properties: ReadonlyMap<string, Property>;
  /** Of all other properties; undefined: there may be none. */
  readonly others: Type | undefined;
  /** Of a resource group, a subscription, …: what a module may be deployed to. */
  readonly scope?: Scope;
  /** Of a resource or a module of the file, by which it is known. */
  readonly symbol?: string;
}

export type Type =
  | { readonly kind: 'any' }
  /** Of what ends the deployment: no value. */
  | { readonly kind: 'never' }
  | { readonly kind: 'null' }
  | {
      readonly kind: 'string';
      readonly value?: string | undefined;
      readonly min?: number | undefined;
      readonly max?: number | undefined;
      readonly pattern?: string | undefined;
      readonly secret?: boolean | undefined;
    }
  | {
      readonly kind: 'int';
      readonly value?: number | undefined;
      readonly min?: number | undefined;
      readonly max?: number | undefined;
    }
  | { readonly kind: 'bool'; readonly value?: boolean | undefined }
  | {
      readonly kind: 'array';
      readonly item: Type;
      readonly min?: number | undefined;
      readonly max?: number | undefined;
    }
  | ObjectType
  | {
      readonly kind: 'discriminated';
      readonly name: string;
      readonly key: string;
      readonly elements: ReadonlyMap<string, Type>;
    }
  | { readonly kind: 'union'; readonly members: readonly Type[] }
  | { readonly kind: 'lambda'; readonly returns: Type };

export const ANY: Type = { kind: 'any' };
export const STRING: Type = { kind: 'string' };
export const INT: Type = { kind: 'int' };
export const BOOL: Type = { kind: 'bool' };
export const NULL: Type = { kind: 'null' };
export const ARRAY: Type = { kind: 'array', item: ANY };
export const OBJECT: Type = { kind: 'object', name: 'object', properties: new Map(), others: ANY };

export function unionOf(types: readonly Type[]): Type {
  const members = types.flatMap((type) => (type.kind === 'union' ? type.members : [type]));
  if (members.some(({ kind }) => kind === 'any')) return ANY;
  const [only] = members;
  return members.length === 1 && only !== undefined ? only : { kind: 'union', members };
}

/** The type without null; of a value that is sure to be there. */
export function withoutNull(type: Type): Type {
  if (type.kind !== 'union') return type;
  return unionOf(type.members.filter(({ kind }) => kind !== 'null'));
}

/** What a list holds; undefined: it may be something else than a list. */
export function itemOf(type: Type): Type | undefined {
  if (type.kind === 'array') return type.item;
  if (type.kind !== 'union') return undefined;
  const items = type.members.flatMap((member) => (member.kind === 'array' ? [member.item] : []));
  return items.length === type.members.length ? unionOf(items) : undefined;
}

export const isNullable = (type: Type): boolean =>
  type.kind === 'null' || (type.kind === 'union' && type.members.some(isNullable));

/** How a message calls the type. */
export function saidOfType(type: Type): string {
  switch (type.kind) {
    case 'string':
      return type.value === undefined ? 'string' : `'${type.value}'`;
    case 'int':
    case 'bool':
      return type.value === undefined ? type.kind : String(type.value);
    case 'array':
      return type.item.kind === 'any' ? 'array' : `list of ${saidOfType(type.item)}`;
    case 'object':
    case 'discriminated':
      return type.name === 'object' ? 'object' : `object (${type.name})`;
    case 'union':
      return type.members.map(saidOfType).join(' | ');
    case 'any':
    case 'never':
    case 'null':
    case 'lambda':
      return type.kind;
  }
}
