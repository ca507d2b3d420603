// Strips the types of each file for a test, as the tests always do. A file of the folder SIMULATION_OVERLAY replaces
// the repository's file of the same path.
const { existsSync, readFileSync } = require('node:fs');
const { join, relative, resolve } = require('node:path');

const { createTransformer } = require('@swc/jest');

const ROOT = resolve(__dirname, '../..');
const overlay = process.env.SIMULATION_OVERLAY;
const swc = createTransformer({ jsc: { target: 'es2022', parser: { syntax: 'typescript' } } });

const sourceOf = (source, file) => {
  const other = overlay === undefined ? undefined : join(overlay, relative(ROOT, file));
  return other !== undefined && existsSync(other) ? readFileSync(other, 'utf8') : source;
};

module.exports = {
  process: (source, file, options) => swc.process(sourceOf(source, file), file, options),
  getCacheKey: (source, file, options) => swc.getCacheKey(sourceOf(source, file), file, options),
};
