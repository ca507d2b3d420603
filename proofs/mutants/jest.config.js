// Runs one file of tests on broken source (proofs/mutants/judge-by-test.ts).
const { join, resolve } = require('node:path');

module.exports = {
  rootDir: resolve(__dirname, '../..'),
  transform: { '\\.ts$': join(__dirname, 'broken-source.js') },
  modulePathIgnorePatterns: ['/dist/', '/test/fixtures/'],
  testTimeout: 30_000,
};
