// A document's values with their places: what JSON and YAML are both read into.
import type { DocumentProblem, Where } from '../document';
import type { Lines } from './lines';
import type { SourceDocument } from './source-document';

/** A value and where it starts; a member of a mapping starts at its name. */
export interface Located {
  readonly value: unknown;
  readonly offset: number;
  /** Items of a list by index, members of a mapping by name. */
  readonly children: ReadonlyMap<string, Located>;
  /** How many values it holds, itself and repetitions by alias included. */
  readonly size: number;
  /** How deep it nests: 0 for a scalar. */
  readonly depth: number;
}

export function scalar(value: unknown, offset: number): Located {
  return { value, offset, children: new Map(), size: 1, depth: 0 };
}

export function list(items: readonly Located[], offset: number): Located {
  const children = new Map(items.map((item, index) => [String(index), item]));
  return collection(
    items.map(({ value }) => value),
    children,
    offset,
  );
}

/** `members` must have no name `__proto__`: the readers refuse it. */
export function mapping(members: ReadonlyMap<string, Located>, offset: number): Located {
  return collection(
    Object.fromEntries([...members].map(([name, { value }]) => [name, value])),
    members,
    offset,
  );
}

function collection(value: unknown, children: ReadonlyMap<string, Located>, offset: number): Located {
  let size = 1;
  let depth = 0;
  for (const child of children.values()) {
    size += child.size;
    depth = Math.max(depth, child.depth);
  }
  return { value, offset, children, size, depth: depth + 1 };
}

/** The document whose root this is. */
export function documentOf(
  root: Located,
  lines: Lines,
  liberties: readonly DocumentProblem[] = [],
): SourceDocument {
  return {
    value: root.value,
    liberties,
    otherwiseIn: () => [],
    locate: (pointer): Where => ({ ...lines.at(nearest(root, pointer).offset), pointer }),
  };
}

function nearest(root: Located, pointer: string): Located {
  let found = root;
  for (const part of pointer.split('/').slice(1)) {
    const child = found.children.get(part.replaceAll('~1', '/').replaceAll('~0', '~'));
    if (child === undefined) return found;
    found = child;
  }
  return found;
}
