// A command as one text: words are parted by spaces and lines, and quoted as a shell quotes them. No shell reads it.

const WORD = /'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|([^\s'"\\]+)|(\s+)/gy;
const PLAIN = /^[\w@%+=:,./-]+$/;

/** The words of `text`; undefined where a quote is not closed. */
export function wordsOf(text: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let end = 0;
  for (const [whole, single, double, escaped, plain, space] of text.matchAll(WORD)) {
    end += whole.length;
    if (space === undefined) {
      word = (word ?? '') + (single ?? unescaped(double) ?? escaped ?? plain ?? '');
    } else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  if (end !== text.length) return undefined;
  return word === undefined ? words : [...words, word];
}

/** A text of which `wordsOf` makes these words again. */
export function textOf(words: readonly string[]): string {
  return words.map((word) => (PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
}

function unescaped(double: string | undefined): string | undefined {
  return double?.replace(/\\(["\\$`])/g, '$1');
}
