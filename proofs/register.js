// Lets plain node run the TypeScript of this repository. It strips the types of each file as it is loaded.
//
// SIMULATION_OVERLAY names a folder. A file in it replaces the repository's file of the same path, so a mutant runs
// without a change of the working tree.
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
