// The types of resources, each made of Azure's data when it is first asked for.
import { readTypeData, type TypeData } from '../types/type-data';
import { type ResourceType, resourceTypeOf } from './azure-type';

export interface ResourceTypes extends Omit<TypeData, 'entry'> {
  /** Of a type that stands in the subset of Azure's data, as `Type@version` in any case. */
  named(name: string): ResourceType | undefined;
}

export function createResourceTypes(): ResourceTypes {
  const data = readTypeData();
  const made = new Map<string, ResourceType | undefined>();
  return {
    types: data.types,
    versions: data.versions,
    named(name) {
      const lower = name.toLowerCase();
      if (!made.has(lower)) {
        const found = data.entry(name);
        made.set(lower, found === undefined ? undefined : resourceTypeOf(found));
      }
      return made.get(lower);
    },
  };
}
