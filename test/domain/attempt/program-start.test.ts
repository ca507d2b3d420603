// What looks tell of a program's start, one after the other: what is certain, and what was only possible.
import { afterLook, withRemovalLook } from '../../../domain/attempt/after-look';
import { type AttemptRow, attemptRowSchema } from '../../../domain/attempt/attempt';
import { mayHaveLog } from '../../../domain/attempt/log-due';
import { mayHaveStarted } from '../../../domain/attempt/program-start';
import type { Observation, Workload } from '../../../domain/ports/compute-backend';
import { intended, look, present, UNREADABLE } from '../../support/attempts';
import { NEW_YEAR } from '../../support/rows';

const PERHAPS = { phase: 'running', started: 'perhaps', run: 'run-1' } as const;
const WAITS = { phase: 'provisioning', started: 'no', run: 'run-1' } as const;
const ENDED_UNSTARTED = { phase: 'ended', started: 'no', run: 'run-1' } as const;

type Ways = readonly [string, (row: AttemptRow, shown: Observation, atS: number) => AttemptRow];
/** A row is told of a start by the looks of a story, and by those of its removal. */
const WAYS: readonly Ways[] = [
  ['a look', (row, shown, atS) => afterLook(row, look(shown, atS))],
  ['a look of its removal', (row, shown, atS) => withRemovalLook(row, shown, NEW_YEAR + atS * 1_000)],
];

describe.each(WAYS)('%s', (_name, tell) => {
  const after = (...shown: readonly (Partial<Workload> | Observation)[]): AttemptRow =>
    shown.reduce<AttemptRow>(
      (row, one, n) => tell(row, 'kind' in one ? one : present(one), 10 * (n + 1)),
      intended(),
    );

  test('that can not tell makes the start possible and not certain', () => {
    const row = after(PERHAPS);
    expect(row).toMatchObject({ startShown: false, startPossible: true });
    expect(mayHaveStarted(row)).toBe(true);
    expect(mayHaveLog(row)).toBe(true);
  });

  test('that shows the same run wait for its start takes back what was only possible', () => {
    const row = after(PERHAPS, WAITS);
    expect(mayHaveStarted(row)).toBe(false);
    expect(mayHaveLog(row)).toBe(false);
    expect(mayHaveStarted(after(PERHAPS, WAITS, PERHAPS))).toBe(true);
    expect(mayHaveStarted(after(PERHAPS, WAITS, { ...PERHAPS, started: 'yes' }))).toBe(true);
  });

  test('never takes back what was certain', () => {
    const row = after(PERHAPS, { ...PERHAPS, started: 'yes' }, WAITS);
    expect(row.startShown).toBe(true);
    expect(mayHaveStarted(row)).toBe(true);
  });

  test.each<[string, Partial<Workload> | Observation]>([
    ['of another run', { ...WAITS, run: 'run-2' }],
    ['without the name of its run, as on a cluster', { phase: 'provisioning', started: 'no' }],
    ['of the first of several runs', { ...WAITS, ranMoreThanOnce: true }],
    ['that nobody can read', UNREADABLE],
  ])('takes nothing back by a word %s', (_what, then) => {
    expect(mayHaveStarted(after(PERHAPS, then))).toBe(true);
  });

  test('counts what was possible of a run that another one replaced, whatever is told of that', () => {
    const second = { ...WAITS, run: 'run-2' };
    expect(mayHaveStarted(after(PERHAPS, second, second, { ...ENDED_UNSTARTED, run: 'run-2' }))).toBe(true);
    expect(after(PERHAPS, { ...PERHAPS, run: 'run-2' }, second)).toMatchObject({ startShown: true });
  });

  test('that shows the run ended without a start is believed by later ones that can not tell, and no further', () => {
    const ended = [PERHAPS, ENDED_UNSTARTED] as const;
    expect(mayHaveStarted(after(...ended, { ...PERHAPS, phase: 'ended' }))).toBe(false);
    expect(mayHaveStarted(after(...ended, { ...PERHAPS, run: 'run-2' }))).toBe(true);
    const other = { ...WAITS, run: 'run-2' };
    expect(mayHaveStarted(after(...ended, other, { ...PERHAPS, run: 'run-2' }))).toBe(true);
    expect(mayHaveStarted(after(...ended, { ...PERHAPS, ranMoreThanOnce: true }))).toBe(true);
    expect(mayHaveStarted(after(...ended, { ...PERHAPS, started: 'yes' }))).toBe(true);
  });
});

test('the row of an earlier version stays what it is: what it shows as started can not be taken back', () => {
  const { startPossible, ...old } = intended({ seen: true, startShown: true, run: 'run-1' });
  expect(startPossible).toBeUndefined();
  const read = attemptRowSchema.parse(old);
  expect(read).toEqual(old);
  expect(afterLook(read, look(present(WAITS), 10)).startShown).toBe(true);
});
