// How large, deep and repetitive a document may be: told before it is composed, so that none takes long.

/** A spec is a few KB; more is a mistake. Bytes of UTF-8. */
export const MAX_DOCUMENT_BYTES = 256 * 1024;
/** Mappings and lists inside each other. The deepest accepted format (an ARM template) needs about 15. */
export const MAX_DEPTH = 64;
/** Tokens of the YAML lexer. A manifest of 100 lines has about 600. */
export const MAX_TOKENS = 40_000;
/** Values after aliases are expanded. */
export const MAX_VALUES = 20_000;
/** Documents in one stream. */
export const MAX_DOCUMENTS = 50;

export type Limit = 'bytes' | 'depth' | 'tokens' | 'values' | 'documents';
