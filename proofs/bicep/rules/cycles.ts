// Nothing leads back to itself: a variable, a resource, a module; a file by its modules.
import type { BicepFile, Declaration } from '../model/file';
import type { Model } from '../model/model';
import { namesIn } from '../model/references';
import type { Rule } from './rule';

export const cycles: Rule = (model, report) => {
  const { file } = model;
  const leadsTo = new Map<string, readonly string[]>();
  for (const [name, declaration] of file.declarations) leadsTo.set(name, referencesOf(declaration, file));
  for (const cycle of cyclesIn(leadsTo)) {
    const [first = ''] = cycle;
    const at = file.declarations.get(first)?.name;
    if (at !== undefined) report(at, `"${first}" leads back to itself: ${[...cycle, first].join(' → ')}.`);
  }
  for (const module of file.modules) {
    const inner = model.moduleModel(module);
    if (inner !== undefined && inner.file !== file && reaches(inner, file, new Set()))
      report(
        module.path,
        `The module leads back to this file: ${inner.file.path} has it among its own modules.`,
      );
  }
};

function referencesOf(declaration: Declaration, file: BicepFile): string[] {
  const own = (names: readonly string[]): string[] => names.filter((name) => file.declarations.has(name));
  switch (declaration.kind) {
    case 'param':
      return declaration.value === undefined ? [] : own(namesIn(declaration.value));
    case 'var':
    case 'module':
      return own(namesIn(declaration.value));
    case 'resource': {
      // What stands within it waits for it.
      const within = declaration.within === undefined ? [] : [declaration.within.name.text];
      return [...own(namesIn(declaration.syntax.value)), ...within];
    }
    case 'func':
      return own(namesIn(declaration.body));
    case 'type':
    case 'imported':
      return [];
  }
}

/** One for each set of names that lead to each other. */
function cyclesIn(leadsTo: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const follow = (name: string, path: readonly string[]): void => {
    const since = path.indexOf(name);
    if (since !== -1) {
      const cycle = path.slice(since);
      if (!found.some((known) => known.some((one) => cycle.includes(one)))) found.push(cycle);
      return;
    }
    if (done.has(name)) return;
    for (const next of leadsTo.get(name) ?? []) follow(next, [...path, name]);
    done.add(name);
  };
  for (const name of leadsTo.keys()) follow(name, []);
  return found;
}

function reaches(from: Model, file: BicepFile, seen: Set<BicepFile>): boolean {
  if (from.file === file) return true;
  if (seen.has(from.file)) return false;
  seen.add(from.file);
  return from.file.modules.some((module) => {
    const inner = from.moduleModel(module);
    return inner !== undefined && reaches(inner, file, seen);
  });
}
