// Files that import one another in a circle, types included: strongly connected parts of the import graph (Tarjan).
import { type SourceFile, targetsOf } from './rules';

interface Visit {
  readonly index: number;
  low: number;
}

/** Each circle once, its files by name: whoever wants one of them must read them all. */
export function importCycles(files: readonly SourceFile[]): string[] {
  const imports = new Map(
    files.map((file) => [
      file.path,
      targetsOf(file).flatMap((target) => [`${target}.ts`, `${target}.tsx`, target]),
    ]),
  );
  const visits = new Map<string, Visit>();
  const open: string[] = [];
  const cycles: string[][] = [];

  function visit(path: string): Visit {
    const own: Visit = { index: visits.size, low: visits.size };
    visits.set(path, own);
    open.push(path);
    for (const target of imports.get(path) ?? []) {
      if (!imports.has(target)) continue;
      const seen = visits.get(target);
      if (seen === undefined) own.low = Math.min(own.low, visit(target).low);
      else if (open.includes(target)) own.low = Math.min(own.low, seen.index);
    }
    if (own.low === own.index) {
      const part = open.splice(open.indexOf(path));
      if (part.length > 1 || imports.get(path)?.includes(path) === true) cycles.push(part.sort());
    }
    return own;
  }

  for (const path of imports.keys()) if (!visits.has(path)) visit(path);
  return cycles.map((cycle) => `${cycle.join(', ')} import one another`).sort();
}
