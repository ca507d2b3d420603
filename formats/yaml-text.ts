// Plain values -> YAML text that every YAML reader reads back as the same values.
import { Document, visit } from 'yaml';

/** Lines that a block scalar can't hold for certain: it starts with white space, or a line ends with some. */
const NOT_FOR_A_BLOCK = /^\s|[^\S\n]\n|\s$/;

/** Texts of several lines stand as blocks where that is safe, else in quotes; nothing is folded and nothing repeated by alias. */
export function yamlText(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_key, scalar) => {
      const text = scalar.value;
      if (typeof text === 'string' && text.includes('\n') && NOT_FOR_A_BLOCK.test(text))
        scalar.type = 'QUOTE_DOUBLE';
    },
  });
  return document.toString({ lineWidth: 0 });
}
