// The idempotency key of what is submitted: a second click, and a second try after no answer came, make no second job.

export type KeyOf = (document: string) => string;

/** The same document has the same key until another one is asked about. */
export function createKeyOf(newKey: () => string): KeyOf {
  let known: { readonly document: string; readonly key: string } | undefined;
  return (document) => {
    if (known?.document !== document) known = { document, key: newKey() };
    return known.key;
  };
}
