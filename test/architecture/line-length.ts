// Finds the lines of comments and of Markdown prose that are too long to read at a glance.
import { commentsIn } from './comments';
import type { SourceFile } from './rules';

/** The most characters of a line that people read. */
export const MOST_CHARACTERS = 120;

/** The only lines of prose that may be longer, each with its reason. */
const EXCEPTIONS: readonly { readonly what: string; readonly line: RegExp }[] = [
  { what: "a table's row, which Markdown cannot break", line: /^\s*(?:> )?\|/ },
  // A break may stand at any space but those in a code span. The mark of a list, a comment or a heading is no word.
  { what: 'one word, such as an address', line: /^[\s>/*#|-]*(?:\d+\. )?(?:`[^`]*`|[^\s`])+[\s*/]*$/ },
];

/** Lines of the file that are too long, each as `file:line: …`. */
export function longLines({ path, text }: SourceFile): string[] {
  const lines = text.split('\n');
  const read = path.endsWith('.md') ? proseOf(lines) : commentedIn(path, text);
  return [...read]
    .map((number) => ({ number, line: lines[number - 1] ?? '' }))
    .filter(({ line }) => line.length > MOST_CHARACTERS && !EXCEPTIONS.some((one) => one.line.test(line)))
    .map(({ number, line }) => `${path}:${number}: ${line.length} characters, at most ${MOST_CHARACTERS}`);
}

/** Numbers of the lines outside fenced blocks: what stands in these is a program or its output. */
function proseOf(lines: readonly string[]): ReadonlySet<number> {
  const numbers = new Set<number>();
  let fence: string | undefined;
  for (const [index, line] of lines.entries()) {
    const mark = /^\s*(```|~~~)/.exec(line)?.[1];
    if (mark !== undefined && (fence === undefined || fence === mark))
      fence = fence === undefined ? mark : undefined;
    else if (fence === undefined) numbers.add(index + 1);
  }
  return numbers;
}

/** Numbers of the lines that hold a comment or a part of one. */
function commentedIn(path: string, text: string): ReadonlySet<number> {
  const numbers = commentsIn(path, text).flatMap(({ first, last }) =>
    Array.from({ length: last - first + 1 }, (_none, index) => first + index),
  );
  return new Set(numbers);
}
