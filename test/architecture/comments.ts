// Where the comments of a file are: by the kind of file, without parsing its language.

/** A comment in slashes. One that begins within a line needs a space before it, and `//` one behind it. */
const IN_SLASHES = /(?<=^[ \t]*)(?:\/\*[^]*?\*\/|\/\/.*$)|(?<=\s)(?:\/\*[^]*?\*\/|\/\/ .*$)/gm;
/** A comment behind a hash. One that begins within a line needs a space before and behind it. */
const BEHIND_A_HASH = /(?<=^[ \t]*)#.*$|(?<=\s)# .*$/gm;
/** What a patch says before its first change. */
const BEFORE_A_PATCH = /(?<![^])(?!diff |--- )[^]*?(?=^(?:diff |--- ))/gm;

/** How the comments of a file are written, by the end of its path. */
const SYNTAX: readonly (readonly [path: RegExp, comments: RegExp])[] = [
  [/\.(?:[cm]?[jt]sx?|css|jsonc|pml|bicep|bicepparam)$/, IN_SLASHES],
  [/\.(?:sh|ya?ml|npmrc)$|(?:^|\/)(?:\.\w+ignore|\.ci\/run)$/, BEHIND_A_HASH],
  [/\.patch$/, BEFORE_A_PATCH],
];

/** One comment of a file: its text, and the numbers of its first and last line, from 1. */
export interface Comment {
  readonly text: string;
  readonly first: number;
  readonly last: number;
}

/** The file's comments, in their order; none for a kind of file that is not in the table. */
export function commentsIn(path: string, text: string): readonly Comment[] {
  const syntax = SYNTAX.find(([pattern]) => pattern.test(path))?.[1];
  if (syntax === undefined) return [];
  return [...text.matchAll(syntax)].map(({ 0: comment, index }) => {
    const first = lines(text.slice(0, index));
    return { text: comment, first, last: first + lines(comment) - 1 };
  });
}

function lines(text: string): number {
  return text.split('\n').length;
}
