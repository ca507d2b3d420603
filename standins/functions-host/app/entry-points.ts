// Finds and loads the files that `main` in package.json names. To the Node worker it is a glob.
import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { z } from 'zod';

const packageJson = z.looseObject({ main: z.string().min(1), type: z.string().optional() });
export type AppPackage = z.infer<typeof packageJson>;

/** Reads `<root>/package.json`; throws when it is missing, is no JSON or names no `main`. */
export async function readAppPackage(root: string): Promise<AppPackage> {
  const path = join(root, 'package.json');
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new Error(`No app in ${root}: ${path} cannot be read.`, { cause: error });
  });
  try {
    return packageJson.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`${path} must be JSON with "main", the glob of the app's entry points.`, {
      cause: error,
    });
  }
}

/** The files that `main` matches, as absolute paths; throws when there are none. */
export async function findEntryPoints(root: string, main: string): Promise<readonly string[]> {
  const literal = join(root, main);
  if (await isFile(literal)) return [literal];
  // Loaded only here, because the usual `main` is one file.
  const { glob, isDynamicPattern } = await import('tinyglobby');
  const files = await glob(main, { cwd: root, absolute: true });
  if (files.length === 0)
    throw new Error(
      `package.json of ${root} has "main": "${main}". ` +
        (isDynamicPattern(main) ? 'No file matches that pattern.' : 'That file does not exist.') +
        ' Build the app first, or correct "main".',
    );
  return files;
}

/** Loads one entry point as the worker does: `import()` for .mjs and "type": "module", `require` otherwise. */
export async function loadEntryPoint(path: string, appPackage: AppPackage): Promise<void> {
  const isModule = path.endsWith('.mjs') || (!path.endsWith('.cjs') && appPackage.type === 'module');
  if (isModule) await import(pathToFileURL(path).href);
  else createRequire(path)(path);
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false; // The search by glob names the file if it finds nothing.
  }
}
