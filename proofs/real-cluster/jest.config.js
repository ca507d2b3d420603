// Jest for the contract suite on a real cluster: its file alone, and time for a cluster that is slow.
const { projects } = require('../../jest.config');

const [{ transform }] = projects;

/** @type {import('jest').Config} */
module.exports = {
  rootDir: __dirname,
  transform,
  testMatch: ['<rootDir>/contract-on-cluster.ts'],
  testTimeout: 300_000,
};
