// Kubernetes puts variables' values into texts: `$(NAME)` in a command, an argument or another variable's value. A spec's texts are taken as they are.

export type Expanded =
  | { readonly kind: 'text'; readonly text: string }
  /** It refers to a secret, whose value is not known before the program starts. */
  | { readonly kind: 'secret'; readonly name: string }
  | { readonly kind: 'too-long' };

/** What a name stands for: its value, a secret, or nothing that is known. */
export type Variables = ReadonlyMap<string, string | { readonly secret: true }>;

/** `$$` is one dollar, `$(NAME)` the variable's value, and stays as it is where no such variable is known. */
const REFERENCE = /\$\$|\$\(([^)]*)\)/g;

/** The text with each `$(NAME)` put in, `maxCharacters` long at most. */
export function expand(text: string, variables: Variables, maxCharacters: number): Expanded {
  let expanded = '';
  let from = 0;
  for (const match of text.matchAll(REFERENCE)) {
    const [whole, name] = match;
    const value = name === undefined ? '$' : (variables.get(name) ?? whole);
    if (typeof value !== 'string') return { kind: 'secret', name: name ?? '' };
    expanded += text.slice(from, match.index) + value;
    if (expanded.length > maxCharacters) return { kind: 'too-long' };
    from = match.index + whole.length;
  }
  return { kind: 'text', text: expanded + text.slice(from) };
}

/** The text written so that `expand` gives it back. */
export function escapeReferences(text: string): string {
  return text.replace(/\$+(\(?)/g, (run, bracket: string) => {
    const dollars = run.length - bracket.length;
    return dollars > 1 || bracket !== '' ? '$'.repeat(dollars * 2) + bracket : run;
  });
}
