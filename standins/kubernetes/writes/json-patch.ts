// Patches as lists of operations (RFC 6902).
import { isList, isObject, type Json, sameJson, textAt } from '../store/json';

/** Thrown for an operation that can't be done: a path that is not there, a test that fails. */
export class PatchFails extends Error {
  override readonly name = 'PatchFails';
}

/** Throws a PatchFails. */
export function applyJsonPatch(document: Json, operations: Json): Json {
  if (!isList(operations)) throw new PatchFails('A JSON patch is a list of operations.');
  return operations.reduce(applyOperation, document);
}

function applyOperation(document: Json, operation: Json): Json {
  const path = pointerOf(operation, 'path');
  const value = isObject(operation) ? operation['value'] : undefined;
  switch (textAt(operation, 'op') ?? '') {
    case 'add':
      return edit(document, path, (parent, step) => added(parent, step, given(value)));
    case 'replace':
      read(document, path);
      return edit(document, path, (parent, step) => replaced(parent, step, given(value)));
    case 'remove':
      read(document, path);
      return edit(document, path, removed);
    case 'test':
      if (!sameJson(read(document, path), given(value))) throw new PatchFails('The test does not hold.');
      return document;
    case 'move': {
      const from = pointerOf(operation, 'from');
      const moved = read(document, from);
      return edit(edit(document, from, removed), path, (parent, step) => added(parent, step, moved));
    }
    case 'copy': {
      const copied = read(document, pointerOf(operation, 'from'));
      return edit(document, path, (parent, step) => added(parent, step, copied));
    }
    default:
      throw new PatchFails(`${JSON.stringify(operation)} is no operation.`);
  }
}

function given(value: Json | undefined): Json {
  if (value === undefined) throw new PatchFails('The operation lacks its value.');
  return value;
}

function pointerOf(operation: Json, member: 'path' | 'from'): readonly string[] {
  const text = textAt(operation, member);
  if (text === undefined || (text !== '' && !text.startsWith('/')))
    throw new PatchFails(`${member} is no JSON pointer.`);
  return text
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

type Edit = (parent: Json, step: string) => Json;

/** The document with the parent of the path edited. The path of the document itself can only be replaced. */
function edit(document: Json, [step, ...rest]: readonly string[], change: Edit): Json {
  if (step === undefined) {
    const [whole] = asList(change([document], '0'));
    if (whole === undefined) throw new PatchFails('The whole document can not be removed.');
    return whole;
  }
  if (rest.length === 0) return change(document, step);
  return replaced(document, step, edit(read(document, [step]), rest, change));
}

function asList(value: Json): readonly Json[] {
  return isList(value) ? value : [];
}

function read(document: Json, path: readonly string[]): Json {
  return path.reduce((value: Json, step) => {
    const found = isList(value)
      ? value[indexOf(step, value.length - 1)]
      : isObject(value)
        ? value[step]
        : undefined;
    if (found === undefined) throw new PatchFails(`There is nothing at ${step}.`);
    return found;
  }, document);
}

function added(parent: Json, step: string, value: Json): Json {
  if (isList(parent)) {
    const index = step === '-' ? parent.length : indexOf(step, parent.length);
    return parent.toSpliced(index, 0, value);
  }
  return replaced(parent, step, value);
}

function replaced(parent: Json, step: string, value: Json): Json {
  if (isList(parent)) return parent.with(indexOf(step, parent.length - 1), value);
  if (isObject(parent)) return { ...parent, [step]: value };
  throw new PatchFails(`Nothing can be put at ${step}.`);
}

function removed(parent: Json, step: string): Json {
  if (isList(parent)) return parent.toSpliced(indexOf(step, parent.length - 1), 1);
  if (isObject(parent)) return Object.fromEntries(Object.entries(parent).filter(([name]) => name !== step));
  throw new PatchFails(`Nothing can be taken from ${step}.`);
}

function indexOf(step: string, most: number): number {
  const index = /^(0|[1-9]\d*)$/.test(step) ? Number(step) : -1;
  if (index < 0 || index > most) throw new PatchFails(`${step} is no index here.`);
  return index;
}
