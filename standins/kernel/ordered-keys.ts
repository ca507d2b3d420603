// A set of text keys that finds those with a prefix, in order, without looking at every key.

/** Keys are kept sorted by code unit. Adding keys at the end is cheap, which is the usual case for sequence numbers. */
export class OrderedKeys {
  readonly #sorted: string[];

  constructor(keys: Iterable<string> = []) {
    this.#sorted = [...keys].sort(byCodeUnit);
  }

  add(key: string): void {
    const at = this.#firstNotBefore(key);
    if (this.#sorted[at] !== key) this.#sorted.splice(at, 0, key);
  }

  remove(key: string): void {
    const at = this.#firstNotBefore(key);
    if (this.#sorted[at] === key) this.#sorted.splice(at, 1);
  }

  startingWith(prefix: string): string[] {
    const first = this.#firstNotBefore(prefix);
    let end = first;
    while (this.#sorted[end]?.startsWith(prefix) === true) end++;
    return this.#sorted.slice(first, end);
  }

  #firstNotBefore(key: string): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = this.#sorted[middle];
      if (at !== undefined && at < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
