// Which packages a source file uses, and which of them its package.json does not name.
import { isBuiltin } from 'node:module';

import { importsOf, type SourceFile } from './rules';

/** What of a package.json says which packages the code beside it may use. */
export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/**
 * No package.json names these: the Functions host gives the app the first, and the others are the product and its
 * command line under their own names.
 */
const NAMED_NOWHERE = ['@azure/functions-core', 'gpu-job-runner', 'gpu-job-runner-cli'];

/** The packages that a file imports or resolves, each once. */
export function packagesOf(file: SourceFile): string[] {
  const resolved = [...file.text.matchAll(/\brequire\.resolve\(\s*['"]([^'"]+)['"]\s*\)/g)];
  const names = [...importsOf(file), ...resolved.map((match) => match[1] ?? '')]
    .filter((name) => !name.startsWith('.') && !isBuiltin(name))
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );
  return [...new Set(names)].filter((name) => !NAMED_NOWHERE.includes(name));
}

/** Each package that a file uses and that is in none of the lists, which are named by `listed`. */
export function undeclared(
  file: SourceFile,
  lists: readonly (Readonly<Record<string, string>> | undefined)[],
  listed: string,
): string[] {
  return packagesOf(file)
    .filter((name) => !lists.some((list) => list !== undefined && Object.hasOwn(list, name)))
    .map((name) => `${file.path} uses ${name}, which is not in ${listed}`);
}
