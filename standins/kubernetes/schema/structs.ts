// All structs of the API that the stand-in knows field by field.
import { CONTAINER_FIELDS } from './container-fields';
import { CORE_FIELDS } from './core-fields';
import { type Field, parseField, type StructFields } from './field-type';
import { JOB_FIELDS } from './job-fields';
import { META_FIELDS } from './meta-fields';
import { POD_SPEC_FIELDS } from './pod-spec-fields';

const CORE: Readonly<Record<string, StructFields>> = {
  ...POD_SPEC_FIELDS,
  ...CONTAINER_FIELDS,
  ...CORE_FIELDS,
};

const NOTATIONS: Readonly<Record<string, StructFields>> = { ...META_FIELDS, ...JOB_FIELDS, ...CORE };

/** The Go package of a struct, as the server's own documents name it. */
export type StructPackage = 'meta' | 'batch' | 'core';

/** Undefined for a name that the data lack. */
export function packageOf(struct: string): StructPackage | undefined {
  if (Object.hasOwn(META_FIELDS, struct))
    return struct.endsWith('Reference') && struct !== 'OwnerReference' ? 'core' : 'meta';
  if (Object.hasOwn(JOB_FIELDS, struct)) return 'batch';
  return Object.hasOwn(CORE, struct) ? 'core' : undefined;
}

const parsed = new Map<string, ReadonlyMap<string, Field>>();

/** Whether objects of this kind are known field by field; others are kept as they were sent. */
export function isStruct(name: string): boolean {
  return Object.hasOwn(NOTATIONS, name);
}

/** A struct's fields by name, in the order in which they are written. Throws for a name that the data lack. */
export function fieldsOf(struct: string): ReadonlyMap<string, Field> {
  const known = parsed.get(struct);
  if (known) return known;
  const notation = NOTATIONS[struct];
  if (!notation) throw new Error(`No fields are written down for ${struct}.`);
  const fields = new Map(Object.entries(notation).map(([name, text]) => [name, parseField(text)]));
  parsed.set(struct, fields);
  return fields;
}
