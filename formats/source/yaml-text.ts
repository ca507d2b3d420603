// Plain values -> YAML text that every YAML reader reads back as the same values.
import { Document, visit } from 'yaml';

/** Lines that a block scalar can't hold for certain: it starts with white space, or a line ends with some. */
const NOT_FOR_A_BLOCK = /^\s|[^\S\n]\n|\s$/;

/** YAML 1.1 gives a lone `=` a meaning that PyYAML can't read. */
const EQUALS = '=';

/**
 * Texts of several lines stand as blocks where that is safe, else in quotes; nothing is folded and nothing repeated by
 * alias. A text that YAML 1.1 would take for something else (`yes`, `010`, `1:30`) stands in quotes, for kubectl and az
 * read the old way.
 */
export function yamlText(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  visit(document, {
    Scalar: (_key, scalar) => {
      const text = scalar.value;
      const isUnsafe = typeof text === 'string' && text.includes('\n') && NOT_FOR_A_BLOCK.test(text);
      if (isUnsafe || text === EQUALS) scalar.type = 'QUOTE_DOUBLE';
    },
  });
  return document.toString({ lineWidth: 0 });
}
