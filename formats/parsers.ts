// The parsers of all accepted formats, in the order in which they are asked whether they recognise a document.
import type { FormatParser } from './format-parser';

export const PARSERS: readonly FormatParser[] = [];
