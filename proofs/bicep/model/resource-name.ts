// The type of a declared resource: what its text says, and for one within another's body what that one's says.
import type { DeclaredResource } from './file';
import { textOf } from './file';

export interface ResourceName {
  readonly type: string;
  /** Undefined: none is said. */
  readonly version: string | undefined;
}

/** Undefined if the type is made of parts. */
export function resourceNameOf({ syntax, within }: DeclaredResource): ResourceName | undefined {
  const text = textOf(syntax.type);
  if (text === undefined) return undefined;
  const [type = '', version] = text.split('@');
  if (within === undefined) return { type, version };
  const outer = resourceNameOf(within);
  if (outer === undefined) return undefined;
  // The full type may stand there too.
  const full = type.toLowerCase().startsWith(`${outer.type.toLowerCase()}/`) ? type : `${outer.type}/${type}`;
  return { type: full, version: version ?? outer.version };
}
