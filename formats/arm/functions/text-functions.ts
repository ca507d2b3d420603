// The template functions that make texts.
import { ExpressionError } from '../expression';
import type { Arguments } from './arguments';
import type { TemplateFunction } from './template-function';

export const TEXT_FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  concat: (args) => {
    args.count(1, Infinity);
    if (args.is(0, 'list')) return args.given.flatMap((_, index) => args.list(index));
    return args.budget.joined(args.given.map((_, index) => args.words(index)));
  },
  endsWith: (args) => {
    args.count(2);
    return args.text(0).toLowerCase().endsWith(args.text(1).toLowerCase());
  },
  format: (args) => {
    args.count(1, Infinity);
    return args.budget.joined(
      pieces(args.text(0)).map((piece) => {
        if (typeof piece === 'string') return piece;
        if (piece.index + 1 < args.length) return args.words(piece.index + 1);
        throw new ExpressionError(`formats {${piece.index}}, which it gives no argument for`);
      }),
    );
  },
  join: (args) => {
    args.count(2);
    return args.budget.joined(wordsOf(args, 0), args.text(1));
  },
  padLeft: (args) => {
    args.count(2, 3);
    const text = args.words(0);
    const missing = Math.max(0, args.integer(1) - text.length);
    return args.budget.repeated(args.length === 3 ? args.text(2).slice(0, 1) : ' ', missing) + text;
  },
  replace: (args) => {
    args.count(3);
    if (args.text(1) === '') throw new ExpressionError('replaces an empty text');
    return args.budget.joined(args.text(0).split(args.text(1)), args.text(2));
  },
  split: (args) => {
    args.count(2);
    const separators = args.is(1, 'text') ? [args.text(1)] : wordsOf(args, 1);
    return separators.reduce(
      (texts, by) => texts.flatMap((text) => (by === '' ? text : text.split(by))),
      [args.text(0)],
    );
  },
  startsWith: (args) => {
    args.count(2);
    return args.text(0).toLowerCase().startsWith(args.text(1).toLowerCase());
  },
  substring: (args) => {
    args.count(2, 3);
    const text = args.text(0);
    const start = args.integer(1);
    const length = args.length === 3 ? args.integer(2) : text.length - start;
    if (start < 0 || length < 0 || start + length > text.length)
      throw new ExpressionError(`takes ${length} characters from ${start} on of a text of ${text.length}`);
    return text.slice(start, start + length);
  },
  toLower: (args) => {
    args.count(1);
    return args.text(0).toLowerCase();
  },
  toUpper: (args) => {
    args.count(1);
    return args.text(0).toUpperCase();
  },
  trim: (args) => {
    args.count(1);
    return args.text(0).trim();
  },
};

/** Texts and `{n}` of a .NET format string; `{{` and `}}` are braces. */
function pieces(format: string): (string | { readonly index: number })[] {
  return [...format.matchAll(/\{\{|\}\}|\{(\d{1,3})\}|[^{}]+|[{}]/g)].map(([piece, index]) => {
    if (index !== undefined) return { index: Number(index) };
    if (piece === '{{' || piece === '}}') return piece.slice(1);
    if (piece !== '{' && piece !== '}') return piece;
    throw new ExpressionError(
      'formats with more than plain numbers in braces, such as {0}; alignment and formats are not supported',
    );
  });
}

function wordsOf(args: Arguments, index: number): string[] {
  return args.list(index).map((item) => {
    const value = args.look(item);
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return String(value);
    if (typeof value === 'boolean') return value ? 'True' : 'False';
    throw new ExpressionError('joins or splits by something that is no text');
  });
}
