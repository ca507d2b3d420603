// Remembers the newest of what was found, up to a number. Whoever asks can do without.

export interface Memory<Value> {
  get(key: string): Value | undefined;
  /** The oldest is forgotten where there is no more room. */
  set(key: string, value: Value): void;
  delete(key: string): void;
}

export function createMemory<Value>(most: number): Memory<Value> {
  const kept = new Map<string, Value>();
  return {
    get: (key) => kept.get(key),
    set: (key, value) => {
      const oldest = kept.keys().next().value;
      if (!kept.has(key) && kept.size >= most && oldest !== undefined) kept.delete(oldest);
      kept.set(key, value);
    },
    delete: (key) => {
      kept.delete(key);
    },
  };
}
