// Who asks: nobody yet, or whoever typed a function key. The key lives in this closure and nowhere else: in no address,
// no history, no storage of the browser. A session that a cookie of the same origin carries needs no header here.

export interface Session {
  /** Headers that every request of the session carries. */
  headers(): Readonly<Record<string, string>>;
  isSignedIn(): boolean;
  signIn(key: string): void;
  /** Forgets the key. */
  signOut(): void;
}

export function createSession(): Session {
  let key: string | undefined;
  return {
    headers: () => (key === undefined ? {} : { 'x-functions-key': key }),
    isSignedIn: () => key !== undefined,
    signIn: (typed) => {
      key = typed;
    },
    signOut: () => {
      key = undefined;
    },
  };
}
