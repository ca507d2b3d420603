// Lets plain node run the TypeScript of this repository: each file is stripped of its types as it is loaded.
//
// SIMULATION_OVERLAY names a folder whose files stand in for the repository's of the same path: how a mutant is run
// without touching the working tree.
const { existsSync, readFileSync } = require('node:fs');
const { Module } = require('node:module');
const { join, relative, resolve } = require('node:path');

const { transformSync } = require('@swc/core');

const ROOT = resolve(__dirname, '..');
const overlay = process.env.SIMULATION_OVERLAY;

const sourceOf = (file) => {
  const other = overlay === undefined ? undefined : join(overlay, relative(ROOT, file));
  return readFileSync(other !== undefined && existsSync(other) ? other : file, 'utf8');
};

Module._extensions['.ts'] = (module, file) => {
  const { code } = transformSync(sourceOf(file), {
    filename: file,
    sourceMaps: 'inline',
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  });
  module._compile(code, file);
};
