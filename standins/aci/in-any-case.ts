// Azure reads the names of fields and the values of enums in any case. This spells a body as its schema does.
import { z } from 'zod';

/**
 * `value` with every name and enum value that `schema` knows in the schema's spelling. Everything else stays as it is.
 * If two names differ in case only, the last counts, as with Azure's own reader. A null means nothing in these bodies,
 * so it is left out.
 */
export function inAnyCase(schema: z.core.$ZodType, value: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return inAnyCase(schema.unwrap(), value);
  if (schema instanceof z.ZodObject) return isObject(value) ? object(schema, value) : value;
  if (schema instanceof z.ZodArray && Array.isArray(value))
    return value.map((item: unknown) => inAnyCase(schema.element, item));
  if (schema instanceof z.ZodUnion)
    return schema.options.reduce((spelled, option) => inAnyCase(option, spelled), value);
  if (schema instanceof z.ZodEnum && typeof value === 'string')
    return schema.options.find((option) => String(option).toLowerCase() === value.toLowerCase()) ?? value;
  return value;
}

function object({ shape }: z.ZodObject, value: object): object {
  const members = new Map(Object.entries<z.core.$ZodType>(shape));
  const spellings = new Map([...members.keys()].map((name) => [name.toLowerCase(), name]));
  return Object.fromEntries(
    Object.entries(value).flatMap(([written, member]: [string, unknown]) => {
      const name = spellings.get(written.toLowerCase());
      const schema = name === undefined ? undefined : members.get(name);
      if (name === undefined || schema === undefined) return [[written, member]];
      return member === null ? [] : [[name, inAnyCase(schema, member)]];
    }),
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
