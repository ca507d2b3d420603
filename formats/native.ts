// The native format: the document is the spec itself.
import type { FormatParser } from './format-parser';
import { isMapping } from './reader';
import { theOnly } from './the-only';

export const native: FormatParser = {
  format: 'native',
  /** What no other format claims: its problems then name the spec's fields. */
  recognises: ([first]) => isMapping(first?.value),
  draft: (stream) => {
    const only = theOnly(stream, 'a spec');
    if (only === undefined) return undefined;
    return { index: 0, draft: { value: withoutSchema(only.value), origins: 'same' } };
  },
};

/** `$schema` tells an editor how to check the document. */
function withoutSchema(value: unknown): unknown {
  if (!isMapping(value) || typeof value['$schema'] !== 'string') return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== '$schema'));
}
