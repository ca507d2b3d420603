// Keeps a value that costs a request to have, and has it anew before it expires or once it was refused.
import type { Clock } from '../../../domain/ports/clock';

/** A value and how long it lasts. Both times are milliseconds since the Unix epoch; left out: it lasts. */
export interface Lasting<Value> {
  readonly value: Value;
  /** From then on a new one is fetched, while this one still serves. */
  readonly renewFrom?: number;
  /** From then on it serves no more. */
  readonly goodUntil?: number;
}

export interface Kept<Value> {
  /**
   * The kept value while it is good, else a new one.
   *
   * @throws what fetching it threw.
   */
  get(): Promise<Value>;
  /**
   * A newer value than this one, which was refused. Many callers at once fetch one. `undefined`: this one is itself
   * the replacement of one that was refused a moment ago.
   *
   * @throws what fetching it threw.
   */
  replace(refused: Value): Promise<Value | undefined>;
  /** The value may lead nowhere: a new one is fetched beside the next use of this one. */
  doubt(): void;
}

/** A refused or doubted value is fetched anew at most so often. */
const LEAST_BETWEEN_MS = 10_000;
/** A renewal that failed is tried again after this long, while the value is good. */
const RENEW_AGAIN_MS = 30_000;

/** `fetch` is never called twice at once. */
export function createKept<Value>(
  fetch: () => Promise<Lasting<Value>>,
  clock: Pick<Clock, 'now'>,
): Kept<Value> {
  let kept: Lasting<Value> | undefined;
  let fetching: Promise<Value> | undefined;
  let renewFrom = Infinity;
  let fetchedAgainAt = -Infinity;

  const fetchOnce = (): Promise<Value> => {
    fetching ??= fetch()
      .then((fetched) => {
        kept = fetched;
        renewFrom = fetched.renewFrom ?? Infinity;
        return fetched.value;
      })
      .finally(() => {
        fetching = undefined;
      });
    return fetching;
  };

  return {
    get: () => {
      const now = clock.now();
      if (kept === undefined || now >= (kept.goodUntil ?? Infinity)) return fetchOnce();
      if (now >= renewFrom) {
        renewFrom = now + RENEW_AGAIN_MS;
        fetchOnce().catch(() => undefined); // Whoever needs a new value is told why there is none.
      }
      return Promise.resolve(kept.value);
    },
    replace: (refused) => {
      if (kept !== undefined && kept.value !== refused) return Promise.resolve(kept.value);
      const now = clock.now();
      if (fetching === undefined) {
        if (now - fetchedAgainAt < LEAST_BETWEEN_MS) return Promise.resolve(undefined);
        fetchedAgainAt = now;
      }
      return fetchOnce();
    },
    doubt: () => {
      const now = clock.now();
      if (now - fetchedAgainAt < LEAST_BETWEEN_MS) return;
      fetchedAgainAt = now;
      renewFrom = now;
    },
  };
}
