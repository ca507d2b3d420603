// Route templates as ASP.NET Core reads them: parsing, matching, and the constraints a parameter may carry.
import { type Constraint, parseConstraint } from './route-constraint';

type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | {
      readonly kind: 'parameter';
      readonly name: string;
      readonly optional: boolean;
      /** Takes the rest of the path, slashes included. */
      readonly catchAll: boolean;
      readonly fallback: string | undefined;
      readonly constraints: readonly Constraint[];
    };

/** A parsed template. */
export interface Route {
  /** As the app wrote it, with the prefix. */
  readonly template: string;
  readonly segments: readonly Segment[];
}

/**
 * Parses a template such as `api/jobs/{id}/logs/{part:int?}`. Throws when it is malformed or uses what is not offered.
 */
export function parseRoute(template: string): Route {
  const segments = splitTemplate(template).map((text) => parseSegment(text, template));
  segments.forEach((segment, index) => {
    if (segment.kind !== 'parameter') return;
    const last = index === segments.length - 1;
    if (segment.catchAll && !last) throw malformed(template, `{*${segment.name}} must come last`);
    const followers = segments.slice(index + 1);
    if (segment.optional && followers.some((next) => next.kind === 'literal' || !next.optional))
      throw malformed(template, `{${segment.name}?} may be followed by optional parameters only`);
  });
  const names = segments.flatMap((segment) =>
    segment.kind === 'parameter' ? [segment.name.toLowerCase()] : [],
  );
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw malformed(template, `parameter "${twice}" appears twice`);
  return { template, segments };
}

/**
 * The parameters if `path` matches (as in a URL, percent-encoded, beginning with a slash), otherwise undefined.
 * Literals ignore case, as in the real host. A parameter that is left out is absent.
 */
export function matchRoute(route: Route, path: string): Readonly<Record<string, string>> | undefined {
  const parts = path.replace(/^\/|\/$/g, '').split('/');
  if (parts.length === 1 && parts[0] === '') parts.pop();
  const parameters: Record<string, string> = {};
  for (const [index, segment] of route.segments.entries()) {
    const part = parts[index];
    if (segment.kind === 'literal') {
      if (part === undefined || decode(part).toLowerCase() !== segment.text.toLowerCase()) return undefined;
      continue;
    }
    const value =
      segment.catchAll && part !== undefined
        ? parts.slice(index).map(decode).join('/')
        : part && decode(part);
    if (value === undefined || value === '') {
      if (segment.fallback !== undefined) parameters[segment.name] = segment.fallback;
      else if (!segment.optional && !segment.catchAll) return undefined;
      continue;
    }
    if (!segment.constraints.every((constraint) => constraint(value))) return undefined;
    parameters[segment.name] = value;
  }
  const catchesAll = route.segments.some((segment) => segment.kind === 'parameter' && segment.catchAll);
  return parts.length > route.segments.length && !catchesAll ? undefined : parameters;
}

/** Splits at slashes outside braces, because a regex constraint may contain slashes. */
function splitTemplate(template: string): string[] {
  if (template === '') return [];
  if (template.startsWith('/') || template.startsWith('~'))
    throw malformed(template, 'it must not begin with "/" or "~"');
  const segments = [''];
  let depth = 0;
  for (const character of template) {
    if (character === '{') depth++;
    if (character === '}') depth--;
    if (character === '/' && depth === 0) segments.push('');
    else segments.push((segments.pop() ?? '') + character);
  }
  if (depth !== 0) throw malformed(template, 'its braces do not match');
  if (segments.includes('')) throw malformed(template, 'it has an empty segment');
  return segments;
}

const PARAMETER =
  /^\{(\*{0,2})([A-Za-z_][\w-]*)((?::(?:[^=?()]|\((?:[^()\\]|\\.)*\))+)*)(?:=([^?]*))?(\?)?\}$/;

function parseSegment(text: string, template: string): Segment {
  if (!text.includes('{')) return { kind: 'literal', text };
  const match = PARAMETER.exec(text);
  if (match === null)
    throw malformed(
      template,
      `"${text}" is not offered by the local host: a segment is a literal, {name}, {name?}, {name:constraint}, {name=default} or {*name}`,
    );
  const [, stars, name = '', constraints = '', fallback, question] = match;
  return {
    kind: 'parameter',
    name,
    optional: question !== undefined,
    catchAll: stars !== undefined && stars !== '',
    fallback,
    constraints: splitConstraints(constraints).map((constraint) => {
      const parsed = parseConstraint(constraint);
      if (parsed === undefined)
        throw malformed(template, `constraint "${constraint}" is not offered by the local host`);
      return parsed;
    }),
  };
}

/** `:int:range(1,5)` as `['int', 'range(1,5)']`; colons within parentheses stay. */
function splitConstraints(text: string): string[] {
  return text.match(/(?<=:)(?:\((?:[^()\\]|\\.)*\)|[^:()])+/g) ?? [];
}

function decode(part: string): string {
  // ASP.NET Core leaves an encoded slash in the path as it is.
  try {
    return part
      .split(/%2f/gi)
      .map((piece) => decodeURIComponent(piece))
      .join('%2F');
  } catch {
    return part;
  }
}

function malformed(template: string, reason: string): Error {
  return new Error(`Route "${template}" cannot be served: ${reason}.`);
}
