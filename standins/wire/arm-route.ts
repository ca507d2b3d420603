// Matches ARM paths, whose fixed parts are read in any case.

export interface Route<T> {
  readonly method: string;
  /** `/subscriptions/{subscription}/…`; a part in braces matches one path segment. */
  readonly pattern: string;
  readonly action: T;
}

export interface Match<T> {
  readonly action: T;
  /** The segments that the pattern's names matched, decoded. */
  readonly params: ReadonlyMap<string, string>;
  /** One of them. Throws for a name that the pattern doesn't have. */
  param(name: string): string;
}

/** The first route that fits, or undefined. */
export function matchRoute<T>(
  routes: readonly Route<T>[],
  method: string,
  path: string,
): Match<T> | undefined {
  const segments = path.split('/').filter((segment) => segment !== '');
  for (const route of routes) {
    const params = route.method === method ? fit(route.pattern, segments) : undefined;
    if (!params) continue;
    return {
      action: route.action,
      params,
      param: (name) => {
        const value = params.get(name);
        if (value === undefined) throw new Error(`Route ${route.pattern} has no part {${name}}.`);
        return value;
      },
    };
  }
  return undefined;
}

function fit(pattern: string, segments: readonly string[]): Map<string, string> | undefined {
  const parts = pattern.split('/').filter((part) => part !== '');
  if (parts.length !== segments.length) return undefined;
  const params = new Map<string, string>();
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith('{')) params.set(part.slice(1, -1), decode(segment));
    else if (part.toLowerCase() !== segment.toLowerCase()) return undefined;
  }
  return params;
}

/** A segment with an invalid encoding stays as it is. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
