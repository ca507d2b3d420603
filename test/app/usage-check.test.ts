import { usageCheck } from '../../app/usage-check';
import { NEW_YEAR } from '../support/rows';

const OURS = { lagS: 600, todo: 'Look there.' };
const MINUTE = 60_000;

describe('what the doctor says of GPUs in use', () => {
  test('is well where no more are in use than places are held', () => {
    expect(usageCheck('here GPUs in use', { used: 1, held: 2, ours: OURS }, undefined, NEW_YEAR)).toEqual({
      name: 'here GPUs in use',
      standing: 'ok',
      detail: '1 in use, 2 held by attempts',
    });
  });

  test.each([undefined, { gpus: 1, since: NEW_YEAR - 5 * MINUTE }])(
    'is a warning to ask again where more are in use since a while at most: %p',
    (unaccounted) => {
      expect(usageCheck('here', { used: 3, held: 2, ours: OURS }, unaccounted, NEW_YEAR)).toEqual({
        name: 'here',
        standing: 'warning',
        detail: '3 in use, 2 held by attempts; what has just ended may count for 10 min: ask again then',
        todo: 'Look there.',
      });
    },
  );

  test('is a warning of what may run unknown where it has lasted', () => {
    const unaccounted = { gpus: 1, since: NEW_YEAR - 12 * MINUTE };
    expect(usageCheck('here', { used: 3, held: 2, ours: OURS }, unaccounted, NEW_YEAR).detail).toBe(
      '3 in use, 2 held by attempts; more than held for 12 min: something may run that no attempt knows of',
    );
  });
});
