// The fields of an object as Azure reads it, names in any case. Each is read, harmless, ignored or refused; unknown
// ones are reported.
import { isMapping, type Reader } from '../reader';

/**
 * `read`: by the translation. `harmless`: says nothing about the job. Else why it has no effect, or why it can't be
 * taken.
 */
export type Handling = 'read' | 'harmless' | { readonly ignored: string } | { readonly refused: string };

/**
 * Reports what the handling says of each field that stands there, and gives readers by the handling's spelling of the
 * name. `what` names the object in problems.
 */
export function fieldsOf<Name extends string>(
  reader: Reader,
  what: string,
  handling: Readonly<Record<Name, Handling>>,
): (name: Name) => Reader {
  const byName: ReadonlyMap<string, Handling> = new Map(Object.entries<Handling>(handling));
  const spellings = new Map([...byName.keys()].map((name) => [name.toLowerCase(), name]));
  const found = new Map<string, Reader>();
  if (reader.present && reader.isMapping()) {
    for (const key of reader.keys()) {
      const field = reader.at(key);
      const name = spellings.get(key.toLowerCase());
      if (name === undefined)
        field.problem(`is not a known field of ${what}; known are ${[...byName.keys()].join(', ')}`);
      else if (found.has(name))
        field.problem(`stands twice in ${what}, differing in case only; leave one out`);
      else found.set(name, field);
    }
  }
  for (const [name, field] of found) report(field, byName.get(name) ?? 'read');
  return (name) => found.get(name) ?? reader.at(name);
}

function report(field: Reader, handling: Handling): void {
  if (typeof handling === 'string' || isEmpty(field.value)) return;
  if ('refused' in handling) field.problem(`is refused: ${handling.refused}`);
  else field.ignored(`has no effect: ${handling.ignored}`);
}

/** `az container export` writes fields that say nothing. */
function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === '' || value === false || (isMapping(value) && Object.keys(value).length === 0);
}
