// Reads the bundle, and runs it, compiled, as Node runs a CommonJS module.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Script } from 'node:vm';

import { BUNDLE } from './bundle-name';

/** What the bundle's one expression is: Node's own wrapper of a module. */
type Wrapped = (
  exports: object,
  require: NodeJS.Require,
  module: { readonly exports: object },
  filename: string,
  dirname: string,
) => void;

/** The source. It is ASCII (in-ascii.ts), so V8 keeps it in a byte a character. Throws where there is no such file. */
export function readBundle(file: string): string {
  return readFileSync(file, 'latin1');
}

/** `ask` answers the bundle's own `require`. Returns its exports. Throws what the app throws while it loads. */
export function runBundle(script: Script, ask: NodeJS.Require, folder: string): object {
  const wrapped = script.runInThisContext() as Wrapped; // bundle.ts wraps it so.
  const module = { exports: {} };
  wrapped(module.exports, ask, module, join(folder, BUNDLE), folder);
  return module.exports;
}
