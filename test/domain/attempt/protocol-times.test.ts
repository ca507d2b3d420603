import { expiresAt } from '../../../domain/attempt/deadlines';
import { brokenOrder, DEFAULT_TIMES } from '../../../domain/attempt/protocol-times';
import { ended } from '../../../domain/job/end-job';
import { jobRow, NEW_YEAR } from '../../support/rows';

describe('the times of the protocol', () => {
  test('keep their order by default', () => {
    expect(brokenOrder(DEFAULT_TIMES)).toBeUndefined();
  });

  test('may be shortened together', () => {
    expect(
      brokenOrder({
        ...DEFAULT_TIMES,
        createBoundS: 2,
        createRequestS: 2,
        unknownFateS: 5,
        unknownWorkloadS: 6,
      }),
    ).toBeUndefined();
  });

  test('must leave a create unknown for longer than it can take', () => {
    expect(brokenOrder({ ...DEFAULT_TIMES, unknownFateS: 180 })).toContain('(180 s)');
    expect(brokenOrder({ ...DEFAULT_TIMES, createRequestS: 540 })).toContain('(540 s)');
  });

  test('must leave a group without a row alone for longer than that', () => {
    expect(brokenOrder({ ...DEFAULT_TIMES, unknownWorkloadS: 600 })).toContain(
      'A workload without a row (600 s)',
    );
  });
});

describe('the expiry of a workload', () => {
  test('is its creation, all deadlines but the queued one, and ten minutes', () => {
    const deadlines = { queued: 100_000, provisioning: 1, pulling: 20, running: 300, archiving: 4_000 };
    expect(expiresAt(NEW_YEAR, deadlines)).toBe(NEW_YEAR + 4_321_000 + 600_000);
  });
});

describe('the end of a job', () => {
  test('is written once and never again', () => {
    const over = ended(jobRow(), { outcome: 'Succeeded', exitCode: 0 }, NEW_YEAR + 1);
    expect(over).toMatchObject({ state: 'over', outcome: 'Succeeded', exitCode: 0, overAt: NEW_YEAR + 1 });
    expect(() => ended(over, { outcome: 'Canceled' }, NEW_YEAR + 2)).toThrow(
      'is over (Succeeded); it cannot become Canceled',
    );
  });
});
