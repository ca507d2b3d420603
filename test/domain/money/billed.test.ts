import { billedMs, type Bills } from '../../../domain/money/billed';
import { attemptRow, NEW_YEAR } from '../../support/rows';

const UNTIL_GONE: Bills = { from: 'pulling', until: 'gone', of: 'workload' };
const FROM_RUNNING: Bills = { from: 'running', until: 'gone', of: 'workload' };
const UNTIL_ENDED: Bills = { from: 'running', until: 'ended', of: 'workload' };
const at = (ms: number): number => NEW_YEAR + ms;

describe('an attempt is billed', () => {
  test('for nothing while nothing shows that its image is pulled', () => {
    expect(billedMs(attemptRow(), UNTIL_GONE, at(1_000))).toBe(0);
  });

  test('from the pull where its backend bills the pull', () => {
    const row = attemptRow({ phases: { provisioning: at(0), pulling: at(10), running: at(50) } });
    expect(billedMs(row, UNTIL_GONE, at(110))).toBe(100);
  });

  test('from the program where its backend does not bill the pull', () => {
    const pulling = attemptRow({ phases: { pulling: at(10) } });
    expect(billedMs(pulling, FROM_RUNNING, at(110))).toBe(0);
    const running = attemptRow({ phases: { pulling: at(10), running: at(50) } });
    expect(billedMs(running, FROM_RUNNING, at(110))).toBe(60);
  });

  test("from the program's own start where no read showed the pull", () => {
    const row = attemptRow({ phases: { running: at(50) }, startedAt: at(20) });
    expect(billedMs(row, UNTIL_GONE, at(120))).toBe(100);
  });

  test('until its workload is gone, not until its program ends, where the workload is billed', () => {
    const row = attemptRow({ phases: { pulling: at(0) }, startedAt: at(0), endedAt: at(100) });
    expect(billedMs(row, UNTIL_GONE, at(500))).toBe(500);
  });

  test('until its program ends where its backend bills no longer', () => {
    const row = attemptRow({ startedAt: at(0), endedAt: at(100) });
    expect(billedMs(row, UNTIL_ENDED, at(50))).toBe(50);
    expect(billedMs(row, UNTIL_ENDED, at(500))).toBe(100);
  });

  test('until the look that showed the exit, where the platform does not say when that was', () => {
    const row = attemptRow({
      startedAt: at(0),
      verdict: { kind: 'succeeded', exitCode: 0 },
      verdictAt: at(100),
    });
    expect(billedMs(row, UNTIL_ENDED, at(500))).toBe(100);
  });

  test('beyond a cancel, which ends no program by itself', () => {
    const reason = { code: 'canceled', class: 'user', message: 'Canceled.' } as const;
    const row = attemptRow({ startedAt: at(0), verdict: { kind: 'canceled', reason }, verdictAt: at(100) });
    expect(billedMs(row, UNTIL_ENDED, at(500))).toBe(500);
  });

  test('like a workload of its own where it uses a share of a node', () => {
    const row = attemptRow({ phases: { pulling: at(0) } });
    expect(billedMs(row, { ...UNTIL_GONE, of: 'node' }, at(500))).toBe(500);
  });

  test('never for less than nothing, whatever the clocks say', () => {
    expect(billedMs(attemptRow({ phases: { pulling: at(100) } }), UNTIL_GONE, at(0))).toBe(0);
    expect(billedMs(attemptRow({ startedAt: at(100), endedAt: at(50) }), UNTIL_ENDED, at(500))).toBe(0);
  });
});
