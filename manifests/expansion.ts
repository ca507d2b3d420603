// Kubernetes puts values of variables into texts: `$(NAME)` in a command, an argument or another variable's value. A
// spec's texts are taken as they are.

export type Expanded =
  | { readonly kind: 'text'; readonly text: string }
  /** It refers to a secret, whose value is not known before the program starts. */
  | { readonly kind: 'secret'; readonly name: string }
  | { readonly kind: 'too-long' };

/** What a name stands for: its value, a secret, or nothing that is known. */
export type Variables = ReadonlyMap<string, string | { readonly secret: true }>;

/** How many characters may still be put into the texts of one manifest: a few names can stand for a lot of text. */
export interface ExpansionBudget {
  left: number;
}

/**
 * The text with each `$(NAME)` replaced, `maxCharacters` long at most. `$$` is one dollar. A name that is unknown or
 * not closed stays as it is.
 */
export function expand(text: string, variables: Variables, maxCharacters: number): Expanded {
  let expanded = '';
  let from = 0;
  for (const { at, length, name } of references(text)) {
    const value = name === undefined ? '$' : (variables.get(name) ?? text.slice(at, at + length));
    if (typeof value !== 'string') return { kind: 'secret', name: name ?? '' };
    expanded += text.slice(from, at) + value;
    if (expanded.length > maxCharacters) return { kind: 'too-long' };
    from = at + length;
  }
  return { kind: 'text', text: expanded + text.slice(from) };
}

interface Reference {
  readonly at: number;
  readonly length: number;
  /** undefined for `$$`. */
  readonly name: string | undefined;
}

/**
 * By hand instead of by pattern: a pattern looks for the bracket of every `$(` again, which takes seconds for a hostile
 * text.
 */
function* references(text: string): Generator<Reference> {
  let at = text.indexOf('$');
  while (at !== -1) {
    const next = text[at + 1];
    const close = next === '(' ? text.indexOf(')', at + 2) : -1;
    if (next === '(' && close === -1) {
      yield* doubledDollars(text, at); // Nothing is closed from here on.
      return;
    }
    const length = next === '(' ? close + 1 - at : next === '$' ? 2 : 1;
    if (length > 1) yield { at, length, name: next === '(' ? text.slice(at + 2, close) : undefined };
    at = text.indexOf('$', at + length);
  }
}

function* doubledDollars(text: string, from: number): Generator<Reference> {
  for (const { index } of text.slice(from).matchAll(/\$\$/g))
    yield { at: from + index, length: 2, name: undefined };
}

/** The text written so that `expand` gives it back. */
export function escapeReferences(text: string): string {
  return text.replace(/\$+(\(?)/g, (run, bracket: string) => {
    const dollars = run.length - bracket.length;
    return dollars > 1 || bracket !== '' ? '$'.repeat(dollars * 2) + bracket : run;
  });
}
