// Composed YAML nodes -> located values: names are texts, aliases are followed within the limits, `<<` merges.
import { isAlias, isMap, isNode, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml';

import { MAX_DEPTH } from '../../domain/parse/max-depth';
import { Refusal } from '../refusal';
import { exceeds, MAX_NAME_CHARACTERS, MAX_VALUES, tooLong } from './limits';
import { list, type Located, mapping, scalar } from './located';
import { lossOf } from './numbers';

/** Reads the nodes of one document; throws Refusal. */
export class YamlValues {
  /** What each anchor stands for at this place of the document; `open` while it is being read. */
  readonly #anchors = new Map<string, Located | 'open'>();
  /** Texts without quotes, as they are written, by their places. */
  readonly words: { readonly offset: number; readonly source: string }[] = [];

  /** undefined for an empty document. */
  root(contents: Node | null): Located | undefined {
    if (contents === null) return undefined;
    const root = this.#value(contents, offsetOf(contents), 0);
    return root.value === null ? undefined : root;
  }

  #value(node: unknown, offset: number, depth: number): Located {
    if (depth > MAX_DEPTH) throw new Refusal(offset, exceeds('depth'), 'depth');
    if (node === null) return scalar(null, offset);
    if (!isNode(node)) throw new Refusal(offset, 'is of a kind that no job has; use plain YAML');
    if (isAlias(node)) return this.#aliased(node.source, offset, depth);
    const anchor = node.anchor;
    if (anchor !== undefined) this.#anchors.set(anchor, 'open');
    const read = this.#collectionOrScalar(node, offset, depth);
    if (read.size > MAX_VALUES) throw new Refusal(offset, exceeds('values'), 'values');
    if (anchor !== undefined) this.#anchors.set(anchor, read);
    return read;
  }

  #collectionOrScalar(node: Node, offset: number, depth: number): Located {
    if (isSeq(node)) {
      if (node.flow === true) for (const item of node.items) refuseForeignComment(item, offset);
      const items = node.items.map((item) => this.#value(item, offsetOf(item, offset), depth + 1));
      return list(items, offset);
    }
    if (isMap(node)) return this.#mapping(node, offset, depth);
    if (isScalar(node)) {
      if (node.type === 'PLAIN') this.words.push({ offset, source: node.source ?? '' });
      return scalar(plain(node, offset), offset);
    }
    throw new Refusal(offset, 'is of a kind that no job has; use plain YAML');
  }

  #aliased(name: string, offset: number, depth: number): Located {
    const target = this.#anchors.get(name);
    if (target === undefined) throw new Refusal(offset, `repeats "&${name}", which stands nowhere before it`);
    if (target === 'open') throw new Refusal(offset, `repeats "&${name}" within itself`);
    if (depth + target.depth > MAX_DEPTH) throw new Refusal(offset, exceeds('depth'), 'depth');
    return { ...target, offset };
  }

  #mapping(node: YAMLMap, offset: number, depth: number): Located {
    const members = new Map<string, Located>();
    const merged: Located[] = [];
    let size = 0;
    for (const { key, value } of node.items) {
      const nameAt = offsetOf(key, offset);
      if (node.flow === true) for (const part of [key, value]) refuseForeignComment(part, nameAt);
      const name = nameOf(key, nameAt);
      const member = this.#value(value ?? null, nameAt, depth + 1);
      size += member.size;
      if (size > MAX_VALUES) throw new Refusal(nameAt, exceeds('values'), 'values');
      if (isMergeKey(key)) merged.push(...mergeable(member));
      else if (members.has(name))
        throw new Refusal(nameAt, `"${name}" stands twice in the same mapping; leave one out`);
      else members.set(name, member);
    }
    for (const [name, member] of merged.flatMap(({ children }) => [...children]))
      if (!members.has(name)) members.set(name, member);
    return mapping(members, offset);
  }
}

function mergeable(from: Located): readonly Located[] {
  const sources = Array.isArray(from.value) ? [...from.children.values()] : [from];
  for (const { value, offset } of sources)
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new Refusal(offset, 'is merged by "<<" and must therefore be a mapping');
  return sources;
}

/** In YAML `1:` and `true:` are names too; here every name is its own text. */
function nameOf(key: unknown, offset: number): string {
  if (!isScalar(key)) throw new Refusal(offset, 'is a name and must therefore be a plain text');
  const name = typeof key.value === 'string' ? key.value : (key.source ?? '');
  if (name.length > MAX_NAME_CHARACTERS) throw new Refusal(offset, tooLong(name));
  if (name === '__proto__') throw new Refusal(offset, '"__proto__" is a name that no field may have');
  if (!name.isWellFormed()) throw new Refusal(offset, HALF_A_PAIR);
  return name;
}

const HALF_A_PAIR = 'holds half of a surrogate pair (\\ud800 to \\udfff), which no text can hold';

/**
 * In braces and brackets YAML takes the comment of another language, with what stands in the lines behind it, for a
 * text.
 */
function refuseForeignComment(node: unknown, otherwise: number): void {
  if (!isScalar(node) || node.type !== 'PLAIN' || !/^\/[/*]/.test(node.source ?? '')) return;
  const message =
    'starts with // or /*, which is no comment in YAML: comments start with #, and a text like this stands in quotes';
  throw new Refusal(offsetOf(node, otherwise), message);
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.source === '<<';
}

/** JSON's kinds of values; whatever else a schema makes of it (a `%YAML 1.1` date, say) is taken as it is written. */
function plain({ value, source }: Scalar, offset: number): string | number | boolean | null {
  if (typeof value === 'number') return survivor(value, source ?? '', offset);
  if (value === null || typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value : (source ?? '');
  if (!text.isWellFormed()) throw new Refusal(offset, HALF_A_PAIR);
  return text;
}

/** A number that a double holds, in any of YAML's notations. */
function survivor(value: number, source: string, offset: number): number {
  const isOtherBase = /^0[xo]/.test(source) && !Number.isSafeInteger(value);
  const loss = isOtherBase ? 'is a number too large to survive' : lossOf(source);
  if (loss !== undefined) throw new Refusal(offset, loss);
  return value;
}

function offsetOf(node: unknown, otherwise = 0): number {
  return isNode(node) ? (node.range?.[0] ?? otherwise) : otherwise;
}
