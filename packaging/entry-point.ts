// Where the bundle begins: the app, and beside it a way to load now what the app loads at its first use.
import type { Metafile } from 'esbuild';

/** Where the app begins, from the repository's root. It registers everything. */
export const APP = 'functions/index.ts';

/** What the bundle exports. The worker asks for nothing of it; whoever makes a code cache does. */
export interface BundleExports {
  /** Loads each package that the app's own code `require`s, and with that compiles it. */
  readonly loadPackages: () => void;
}

/** The names of the packages that the app's own code `require`s when it first uses them. */
export function packagesRequiredBy({ inputs }: Metafile): readonly string[] {
  const names = Object.entries(inputs)
    .filter(([file]) => !file.startsWith('node_modules/'))
    .flatMap(([, { imports }]) => imports)
    .flatMap(({ kind, original, external }) =>
      kind === 'require-call' && external !== true && original !== undefined ? [original] : [],
    );
  return [...new Set(names)].toSorted();
}

/** The source of the bundle's first module: that of the app, `source`, and what the bundle exports. */
export function entryPoint(source: string, packages: readonly string[]): string {
  const calls = packages.map((name) => `  require(${JSON.stringify(name)});`);
  return [source, 'export function loadPackages() {', ...calls, '}', ''].join('\n');
}
