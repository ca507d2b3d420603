// How long the completion of a log waits for its store, and when it is given up.
import { DEFAULT_TIMES } from '../../../domain/attempt/protocol-times';
import { type Completing, isOverdue, isQuiet, withCount } from '../../../domain/logs/log-completion';
import { NEW_YEAR } from '../../support/rows';

const SOURCE = { name: 'a source', limits: 'none' };
const BEGUN: Completing = { state: 'completing', live: SOURCE, source: SOURCE, at: NEW_YEAR };
const MINUTE_MS = 60_000;
const QUIET_MS = DEFAULT_TIMES.logQuietS * 1000;
const GIVE_UP_MS = DEFAULT_TIMES.logGiveUpS * 1000;

/** Counts as many rows as given for each minute after the start; undefined: nobody asks in that minute. */
function counted(counts: readonly (number | undefined)[]): Completing {
  return counts.reduce<Completing>(
    (state, rows, minute) =>
      rows === undefined ? state : withCount(state, rows, NEW_YEAR + minute * MINUTE_MS, DEFAULT_TIMES),
    BEGUN,
  );
}

function unasked(ms: number): undefined[] {
  return new Array<undefined>(ms / MINUTE_MS).fill(undefined);
}

test('a store is quiet when it had no new row for its time', () => {
  const state = counted([1, 2, 2]);
  expect(isQuiet(state, NEW_YEAR + MINUTE_MS + QUIET_MS - 1, DEFAULT_TIMES)).toBe(false);
  expect(isQuiet(state, NEW_YEAR + MINUTE_MS + QUIET_MS, DEFAULT_TIMES)).toBe(true);
});

test('a store in which rows come again and again is given up', () => {
  const minutes = GIVE_UP_MS / MINUTE_MS;
  const state = counted(Array.from({ length: minutes + 1 }, (_none, minute) => Math.floor(minute / 4)));
  expect(isOverdue(state, NEW_YEAR + GIVE_UP_MS, DEFAULT_TIMES)).toBe(true);
});

test('a store that nobody could ask while more rows came has its time anew', () => {
  const silence = unasked(2 * GIVE_UP_MS);
  const state = counted([1, ...silence, 2]);
  const back = NEW_YEAR + (silence.length + 1) * MINUTE_MS;
  expect(isOverdue(state, back, DEFAULT_TIMES)).toBe(false);
  expect(isOverdue(state, back + QUIET_MS, DEFAULT_TIMES)).toBe(false);
  expect(isQuiet(state, back + QUIET_MS, DEFAULT_TIMES)).toBe(true);
  expect(isOverdue(state, back + 2 * QUIET_MS, DEFAULT_TIMES)).toBe(true);
});
