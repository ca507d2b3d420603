// What a template declares of a parameter, with references to its definitions followed.
import { isMapping } from '../reader';

/** The longest chain of references; templates that people write have fewer than three. */
const MAX_REFERENCES = 16;
const REFERENCE = /^#\/definitions\/([^/]+)$/;

type Declaration = Readonly<Record<string, unknown>>;

/**
 * The declaration at the end of a chain of `$ref`, with what the references themselves add (`nullable`, bounds).
 * Undefined where one leads nowhere, or in a circle.
 */
export function followed(declaration: Declaration, definitions: unknown): Declaration | undefined {
  let found = declaration;
  for (let step = 0; step < MAX_REFERENCES; step += 1) {
    const { $ref: reference, ...own } = found;
    if (reference === undefined) return found;
    const [, name] = (typeof reference === 'string' ? REFERENCE.exec(reference) : null) ?? [];
    const target = name === undefined ? undefined : memberOf(definitions, unescaped(name));
    if (!isMapping(target)) return undefined;
    found = { ...target, ...own };
  }
  return undefined;
}

/**
 * The declared type in lower case, in a template or the body of a deployment; undefined for a parameter that the
 * template does not declare, or not rightly.
 */
export function parameterType(document: unknown, name: string): string | undefined {
  const template = templateIn(document);
  const declaration = memberOf(memberOf(template, 'parameters'), name);
  if (!isMapping(declaration)) return undefined;
  const type = followed(declaration, memberOf(template, 'definitions'))?.['type'];
  return typeof type === 'string' ? type.toLowerCase() : undefined;
}

function templateIn(document: unknown): unknown {
  const body = memberOf(document, 'properties') ?? document;
  return memberOf(body, 'template') ?? document;
}

/** Resource Manager takes names in any case. */
function memberOf(value: unknown, name: string): unknown {
  if (!isMapping(value)) return undefined;
  const wanted = name.toLowerCase();
  return Object.entries(value).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

/** `~1` and `~0` of a JSON pointer. */
function unescaped(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}
