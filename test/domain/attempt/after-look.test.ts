import { afterLook, withRemovalLook } from '../../../domain/attempt/after-look';
import type { AttemptRow } from '../../../domain/attempt/attempt';
import type { Observation } from '../../../domain/ports/compute-backend';
import {
  ABSENT,
  absentAt,
  afterLooks,
  FOREIGN,
  intended,
  look,
  present,
  UNREADABLE,
} from '../../support/attempts';
import { attemptRow, NEW_YEAR } from '../../support/rows';

const SEEN: Partial<AttemptRow> = { seen: true, startShown: true, phase: 'running' };
const THREE_404S = [
  [700, ABSENT],
  [730, ABSENT],
  [760, ABSENT],
] as const;

describe('a look before the workload has been seen', () => {
  test('proves by a 404 only what was so when it was asked for, however late the answer is read', () => {
    const before = afterLooks(intended(), [
      [60, ABSENT],
      [200, ABSENT],
    ]);
    const frozen = look(ABSENT, 1_800, { sentAt: NEW_YEAR + 300_000 });
    expect(afterLook(before, frozen).verdict).toBeUndefined();
    expect(afterLook(before, look(ABSENT, 1_800)).verdict).toMatchObject({ reason: { code: 'given-up' } });
  });

  test('finds it: seen', () => {
    const row = afterLook(intended(), look(present({ phase: 'provisioning', started: 'no' }), 5));
    expect(row).toMatchObject({ seen: true, startShown: false, phase: 'provisioning' });
    expect(row.verdict).toBeUndefined();
  });

  test('concludes Canceled when a cancel is there', () => {
    const row = afterLook(intended(), look(ABSENT, 5, { cancelPresent: true }));
    expect(row.verdict).toMatchObject({ kind: 'canceled' });
    expect(row.cleanup).toBe('none');
  });

  test('concludes Canceled while unreadable too', () => {
    expect(afterLook(intended(), look(UNREADABLE, 5, { cancelPresent: true })).verdict).toMatchObject({
      kind: 'canceled',
    });
  });

  test('gives up after three 404s over a minute once ten minutes have passed since the intent', () => {
    const row = afterLooks(intended(), THREE_404S);
    expect(row.verdict).toMatchObject({
      kind: 'failed',
      reason: { code: 'given-up', class: 'infrastructure' },
    });
    expect(row).toMatchObject({ startShown: false, phase: 'archiving', verdictAt: NEW_YEAR + 760_000 });
  });

  test.each([
    ['two 404s', [absentAt(700), absentAt(760)]],
    ['three 404s within 59 s', [absentAt(700), absentAt(730), absentAt(759)]],
    ['many 404s within ten minutes', [absentAt(10), absentAt(300), absentAt(599)]],
  ] as const)('does not give up after %s', (_what, looks) => {
    expect(afterLooks(intended(), looks).verdict).toBeUndefined();
  });

  test('an accepted create that is not visible yet is not lost', () => {
    const looks = [absentAt(10), absentAt(100), absentAt(200)] as const;
    expect(afterLooks(intended({ answer: 'accepted' }), looks).verdict).toBeUndefined();
  });

  test('a look that shows it forgets the 404s before', () => {
    const row = afterLooks(intended(), [
      [700, ABSENT],
      [730, ABSENT],
      [740, present()],
      [760, ABSENT],
    ]);
    expect(row).toMatchObject({ absentCount: 1, absentSince: NEW_YEAR + 760_000 });
    expect(row.verdict).toBeUndefined();
  });

  test('concludes expired instead of given up when past expires-at', () => {
    const row = afterLooks(intended({ expiresAt: NEW_YEAR + 750_000 }), THREE_404S);
    expect(row.verdict).toMatchObject({ kind: 'timed-out', reason: { code: 'expired' } });
  });

  test('gives up when the provisioning deadline passes without a readable answer, and counts the program as started', () => {
    expect(afterLook(intended(), look(UNREADABLE, 1_199)).verdict).toBeUndefined();
    const row = afterLook(intended(), look(UNREADABLE, 1_200));
    expect(row.verdict).toMatchObject({ kind: 'failed', reason: { code: 'given-up' } });
    expect(row.startShown).toBe(true);
  });

  test('leaves the start open in that case where re-running is allowed', () => {
    const row = afterLook(intended(), look(UNREADABLE, 1_200, { rerunAllowed: true }));
    expect(row).toMatchObject({ startShown: false, verdict: { kind: 'failed' } });
  });

  test('never gives up unread before ten minutes, however short the deadline', () => {
    const deadlines = { queued: 1, provisioning: 5, pulling: 5, running: 5, archiving: 5 };
    expect(afterLook(intended(), look(UNREADABLE, 599, { deadlines })).verdict).toBeUndefined();
    expect(afterLook(intended(), look(UNREADABLE, 600, { deadlines })).verdict).toBeDefined();
  });

  test('counts that deadline from the intent, not from the admission', () => {
    const late = intended({ intent: { kind: 'set', nonce: 'n', at: NEW_YEAR + 5_000_000 } });
    expect(afterLook(late, look(UNREADABLE, 6_000)).verdict).toBeUndefined();
    expect(afterLook(late, look(UNREADABLE, 6_200)).verdict).toBeDefined();
  });

  test('concludes expired when that deadline passes after expires-at', () => {
    const row = afterLook(intended({ expiresAt: NEW_YEAR + 1_000_000 }), look(UNREADABLE, 1_200));
    expect(row).toMatchObject({
      verdict: { kind: 'timed-out', reason: { code: 'expired' } },
      startShown: true,
    });
  });

  test('an unreadable answer, a missing resource group too, is no 404', () => {
    const missing: Observation = { kind: 'unreadable', why: 'ResourceGroupNotFound', scopeMissing: true };
    const row = afterLooks(intended(), [
      [700, ABSENT],
      [730, missing],
      [760, UNREADABLE],
      [770, ABSENT],
    ]);
    expect(row.absentCount).toBe(2);
    expect(row.verdict).toBeUndefined();
  });

  test('finds a workload that is not ours: the name is taken; it is not gone yet, for our create may still take effect', () => {
    const row = afterLook(intended(), look(FOREIGN, 5));
    expect(row.verdict).toMatchObject({
      kind: 'failed',
      reason: { code: 'name-taken', class: 'infrastructure' },
    });
    expect(row.cleanup).toBe('none');
    expect(row.seen).toBe(false);
  });
});

describe('a look at an attempt', () => {
  test('with a verdict derives no other', () => {
    const row = intended({ ...SEEN, verdict: { kind: 'succeeded', exitCode: 0 } });
    expect(afterLook(row, look(present({ phase: 'ended', exitCode: 1 }), 10))).toBe(row);
  });

  test('whose intent is not set changes nothing', () => {
    const row = attemptRow();
    expect(afterLook(row, look(present(), 10))).toBe(row);
  });

  test('that is being removed only adds what it shows, and since when it shows nothing', () => {
    const row = intended();
    const after = (shown: Observation): AttemptRow => withRemovalLook(row, shown, NEW_YEAR + 1_000);
    expect(after(present())).toEqual({ ...row, seen: true, startShown: true });
    expect(after(present({ started: 'no' }))).toEqual({ ...row, seen: true });
    expect(after(ABSENT)).toEqual({ ...row, absentCount: 1, absentSince: NEW_YEAR + 1_000 });
    for (const nothing of [FOREIGN, UNREADABLE]) expect(after(nothing)).toEqual(row);
  });

  test('that is being removed is not absent where its preparation is there', () => {
    const row = intended({ absentCount: 3, absentSince: NEW_YEAR });
    const after = withRemovalLook(row, { kind: 'prepared' }, NEW_YEAR + 60_000);
    expect(after).toMatchObject({ seen: false, absentCount: 0, absentSince: undefined });
  });
});
