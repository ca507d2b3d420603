// The template functions on arrays and objects, and those that take texts as well. What they hand on keeps its marks.
import { isDeepStrictEqual } from 'node:util';

import { ExpressionError } from '../expression';
import { isObject } from '../marks';
import { keyOf, mergedObjects, objectOf } from '../objects';
import type { Arguments } from './arguments';
import type { TemplateFunction } from './template-function';

export const COLLECTION_FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  createArray: (args) => args.given,
  array: (args) => {
    args.count(1);
    return args.is(0, 'list') ? args.list(0) : [args.given[0]];
  },
  createObject: (args) => {
    if (args.length % 2 !== 0) throw new ExpressionError('gives createObject() a name without a value');
    return objectOf(
      args.given.flatMap((_, index) =>
        index % 2 === 0 ? [[args.text(index), args.given[index + 1]] as const] : [],
      ),
    );
  },
  length: (args) => {
    args.count(1);
    return sizeOf(args);
  },
  empty: (args) => {
    args.count(1);
    return args.given[0] === null || sizeOf(args) === 0;
  },
  contains: (args) => {
    args.count(2);
    if (args.is(0, 'object')) return keyOf(args.object(0), args.text(1)) !== undefined;
    if (args.is(0, 'list')) return placeOf(args, args.list(0)) !== -1;
    return args.text(0).includes(args.words(1));
  },
  first: (args) => {
    args.count(1);
    return args.is(0, 'text') ? args.text(0).slice(0, 1) : (args.list(0)[0] ?? null);
  },
  last: (args) => {
    args.count(1);
    return args.is(0, 'text') ? args.text(0).slice(-1) : (args.list(0).at(-1) ?? null);
  },
  take: (args) => {
    args.count(2);
    const count = Math.max(0, args.integer(1));
    return args.is(0, 'text') ? args.text(0).slice(0, count) : args.list(0).slice(0, count);
  },
  skip: (args) => {
    args.count(2);
    const count = Math.max(0, args.integer(1));
    return args.is(0, 'text') ? args.text(0).slice(count) : args.list(0).slice(count);
  },
  indexOf: (args) => {
    args.count(2);
    if (args.is(0, 'list')) return placeOf(args, args.list(0));
    return args.text(0).toLowerCase().indexOf(args.text(1).toLowerCase());
  },
  lastIndexOf: (args) => {
    args.count(2);
    if (!args.is(0, 'list')) return args.text(0).toLowerCase().lastIndexOf(args.text(1).toLowerCase());
    const items = args.list(0);
    const fromEnd = placeOf(args, [...items].reverse());
    return fromEnd === -1 ? -1 : items.length - 1 - fromEnd;
  },
  indexFromEnd: (args) => {
    args.count(2);
    const found = fromEnd(args);
    if (found.ok) return found.value;
    throw new ExpressionError(
      `reads item ${args.integer(1)} from the end of an array of ${args.list(0).length}`,
    );
  },
  tryIndexFromEnd: (args) => {
    args.count(2);
    const found = args.given[0] === null ? { ok: false as const } : fromEnd(args);
    return found.ok ? found.value : null;
  },
  tryGet: (args) => {
    args.count(2, Infinity);
    return tried(args);
  },
  flatten: (args) => {
    args.count(1);
    return args.list(0).flatMap((item: unknown) => {
      if (Array.isArray(item)) return item as unknown[];
      throw new ExpressionError('flattens an array whose items are not all arrays');
    });
  },
  union: (args) => {
    args.count(2, Infinity);
    if (args.is(0, 'object'))
      return mergedObjects(
        args.given.map((_, index) => args.object(index)),
        'deep',
      );
    return distinct(
      args,
      args.given.flatMap((_, index) => args.list(index)),
    );
  },
  intersection: (args) => {
    args.count(2, Infinity);
    const [first = [], ...others] = args.given.map((_, index) => args.list(index));
    const sets = others.map((items) => new Set(items.map((item) => canonical(args.compared(item)))));
    return distinct(args, first).filter((item) =>
      sets.every((set) => set.has(canonical(args.compared(item)))),
    );
  },
  shallowMerge: (args) => {
    args.count(1);
    const objects = args.list(0).map((item) => {
      if (isObject(item)) return item;
      throw new ExpressionError('merges something that is no object');
    });
    return mergedObjects(objects, 'shallow');
  },
  items: (args) => {
    args.count(1);
    return Object.entries(args.object(0))
      .sort(([a], [b]) => ordinal(a.toLowerCase(), b.toLowerCase()))
      .map(([key, value]) => ({ key, value }));
  },
  objectKeys: (args) => {
    args.count(1);
    return Object.keys(args.object(0)).sort((a, b) => ordinal(a.toLowerCase(), b.toLowerCase()));
  },
};

function sizeOf(args: Arguments): number {
  if (args.is(0, 'object')) return Object.keys(args.object(0)).length;
  return args.is(0, 'text') ? args.text(0).length : args.list(0).length;
}

function placeOf(args: Arguments, items: readonly unknown[]): number {
  const wanted = args.value(1);
  return items.findIndex((item) => isDeepStrictEqual(args.look(item), wanted));
}

function fromEnd(args: Arguments): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  const [items, place] = [args.list(0), args.integer(1)];
  return place >= 1 && place <= items.length
    ? { ok: true, value: items[items.length - place] }
    : { ok: false };
}

/** The first step may lead nowhere; those behind it (`a.?b.c`) must lead somewhere once the first did. */
function tried(args: Arguments): unknown {
  let value: unknown = args.given[0];
  for (let index = 1; index < args.length; index += 1) {
    const step = stepInto(args, value, index);
    if (step === undefined && index > 1)
      throw new ExpressionError(
        'reads a field, behind one that may be missing, of a value that has no such field',
      );
    if (step === undefined || step.value === null) return null;
    value = step.value;
  }
  return value;
}

function stepInto(args: Arguments, value: unknown, index: number): { readonly value: unknown } | undefined {
  if (Array.isArray(value)) {
    const place = args.integer(index);
    const items: readonly unknown[] = value;
    return place >= 0 && place < items.length ? { value: items[place] } : undefined;
  }
  if (!isObject(value)) return undefined;
  const key = keyOf(value, args.text(index));
  return key === undefined ? undefined : { value: value[key] };
}

function distinct(args: Arguments, items: readonly unknown[]): unknown[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = canonical(args.compared(item));
    return !seen.has(key) && seen.add(key);
  });
}

/** The same for equal values, whatever the order of their members. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    isObject(member) ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => ordinal(a, b))) : member,
  );
}

function ordinal(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
