// How deep what strangers send may nest.

/**
 * The deepest nesting of objects and lists that is read. Readers recurse into what they read, so it is far less than
 * would overflow the stack; the deepest accepted format, an ARM template, needs about 15.
 */
export const MAX_DEPTH = 64;
