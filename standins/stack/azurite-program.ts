// The path of genuine Azurite's program. The stack's process runs it, and so do tests that need only storage.

/** It serves all three services and reads its options from the command line. */
export const AZURITE_PROGRAM = require.resolve('azurite/dist/src/azurite.js');
