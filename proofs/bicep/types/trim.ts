// Takes of Azure's published type data one resource and what it reaches.
import {
  indexOf,
  publishedFileSchema,
  type PublishedProperty,
  type PublishedType,
  type Ref,
  type TypeEntry,
} from './type-file';

/** The resources of a published file (`types.json`), by `Type@version`. Throws when the file has another form. */
export function entriesOf(json: unknown): Map<string, () => TypeEntry> {
  const published = publishedFileSchema.parse(json);
  const typeAt = (ref: Ref): PublishedType => {
    const type = published[indexOf(ref)];
    if (type === undefined || type.$type === 'ResourceType' || type.$type === 'ResourceFunctionType')
      throw new Error(`${ref.$ref} leads to no type of a value.`);
    return type;
  };
  const entries = new Map<string, () => TypeEntry>();
  for (const type of published)
    if (type.$type === 'ResourceType')
      entries.set(type.name, () => {
        const { types, renumber } = reached(typeAt);
        return { resource: { ...type, body: renumber(type.body) }, types };
      });
  return entries;
}

/** The same with its types numbered as they are reached, so that two can be compared. */
export function retrimmed({ resource, types: all }: TypeEntry): TypeEntry {
  const { types, renumber } = reached((ref) => all[indexOf(ref)] ?? { $type: 'AnyType' });
  return { resource: { ...resource, body: renumber(resource.body) }, types };
}

/** Collects types as they are reached, each with its references to the others renumbered. */
function reached(typeAt: (ref: Ref) => PublishedType): {
  readonly types: PublishedType[];
  readonly renumber: (ref: Ref) => Ref;
} {
  const types: PublishedType[] = [];
  const numbers = new Map<string, number>();
  const renumber = (ref: Ref): Ref => {
    const known = numbers.get(ref.$ref);
    if (known !== undefined) return { $ref: `#/${known}` };
    const number = types.length;
    numbers.set(ref.$ref, number);
    types.push({ $type: 'AnyType' });
    types[number] = withRefs(typeAt(ref), renumber);
    return { $ref: `#/${number}` };
  };
  return { types, renumber };
}

function withRefs(type: PublishedType, renumber: (ref: Ref) => Ref): PublishedType {
  switch (type.$type) {
    case 'AnyType':
    case 'BooleanType':
    case 'IntegerType':
    case 'StringType':
    case 'StringLiteralType':
      return type;
    case 'UnionType':
      return { ...type, elements: type.elements.map(renumber) };
    case 'ArrayType':
      return { ...type, itemType: renumber(type.itemType) };
    case 'ObjectType': {
      const { properties, additionalProperties, ...rest } = type;
      const others =
        additionalProperties === undefined ? {} : { additionalProperties: renumber(additionalProperties) };
      return { ...rest, properties: propertiesWithRefs(properties, renumber), ...others };
    }
    case 'DiscriminatedObjectType': {
      const elements = Object.entries(type.elements).map(([key, ref]) => [key, renumber(ref)] as const);
      return {
        ...type,
        baseProperties: propertiesWithRefs(type.baseProperties, renumber),
        elements: Object.fromEntries(elements),
      };
    }
  }
}

function propertiesWithRefs(
  properties: Readonly<Record<string, PublishedProperty>>,
  renumber: (ref: Ref) => Ref,
): Record<string, PublishedProperty> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, { type, flags }]) => [name, { type: renumber(type), flags }]),
  );
}
