// Where genuine Azurite's program stands: the stack's process runs it, and so do tests that need nothing but storage.

/** All three services; reads its options from the command line. */
export const AZURITE_PROGRAM = require.resolve('azurite/dist/src/azurite.js');
