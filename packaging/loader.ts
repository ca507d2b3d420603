// The entry point of the package: runs the bundle, with V8's code cache of it where one fits this Node.
//
// V8 judges the cache itself, by its version, its flags and the length of the source. Where it takes none, or where
// there is none, it compiles the bundle as always; only the start takes longer then.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';

import { BUNDLE } from './bundle-name';
import { codeCacheName } from './code-cache-name';
import { readBundle, runBundle } from './run-bundle';

const file = join(__dirname, BUNDLE);
const cache = join(__dirname, codeCacheName(process.versions.v8, process.arch));

const script = new Script(readBundle(file), {
  filename: file,
  ...(existsSync(cache) && { cachedData: readFileSync(cache) }),
});
runBundle(script, require, __dirname);
