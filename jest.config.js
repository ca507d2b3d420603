// Two projects: the product's tests, and the check of its architecture that `npm run verify` runs alone.
const shared = {
  transform: { '\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/test/fixtures/'],
  modulePathIgnorePatterns: ['/dist/', '/.out/', '/test/fixtures/'],
};

/** @type {import('jest').Config} */
module.exports = {
  projects: [
    {
      ...shared,
      displayName: 'product',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: [...shared.testPathIgnorePatterns, '/test/architecture/'],
    },
    { ...shared, displayName: 'architecture', testMatch: ['<rootDir>/test/architecture/**/*.test.ts'] },
  ],
  testTimeout: 30_000,
  // A worker for each core. Jest leaves one core to itself, which on two means one test file at a time, although many
  // tests wait for processes and timers and so leave their core idle.
  maxWorkers: '100%',
};
