// How large, deep and repetitive a document may be. It is checked before the document is composed, so that none takes
// long.
import { MAX_DEPTH } from '../../domain/parse/max-depth';

/** A spec is a few KB; more is a mistake. Bytes of UTF-8. */
export const MAX_DOCUMENT_BYTES = 256 * 1024;
/** Tokens of the YAML lexer; a manifest of 100 lines has about 500. The library takes up to some 70 ms for as many. */
export const MAX_TOKENS = 6_000;
/** Scalars, lists and mappings once aliases are expanded. */
export const MAX_VALUES = 10_000;
/** Documents in one stream. */
export const MAX_DOCUMENTS = 50;
/** The most problems reported for one document; more would not be read. */
export const MAX_PROBLEMS = 50;
/** Characters of a field's name. Kubernetes' longest, of a label with its prefix, has 317. */
export const MAX_NAME_CHARACTERS = 1024;
/** Characters of what is said about a document: it may quote values. */
const MAX_MESSAGE = 1000;

/** A message short enough to be read. */
export function clipped(message: string): string {
  return message.length <= MAX_MESSAGE ? message : `${message.slice(0, MAX_MESSAGE)}…`;
}

export type Limit = 'bytes' | 'depth' | 'tokens' | 'values' | 'documents';

/** What is said of a document that exceeds a limit, with the line where it was noticed. */
export function exceeds(limit: Limit): string {
  switch (limit) {
    case 'bytes':
      return `has more than ${MAX_DOCUMENT_BYTES} bytes; a job takes a few thousand`;
    case 'depth':
      return `nests more than ${MAX_DEPTH} mappings and lists inside each other`;
    case 'tokens':
      return `has more than ${MAX_TOKENS} words and signs; leave out what is no part of the job`;
    case 'values':
      return `has more than ${MAX_VALUES} values, counting what aliases repeat; leave out what is no part of the job`;
    case 'documents':
      return `has more than ${MAX_DOCUMENTS} documents; submit each job by itself`;
  }
}

/** What is said of a name that is too long. */
export function tooLong(name: string): string {
  return `is a name of ${name.length} characters, at most ${MAX_NAME_CHARACTERS} are taken`;
}
