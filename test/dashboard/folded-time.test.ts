import type { JobView } from '../../api/jobs';
import { foldedTime } from '../../dashboard/job/folded-time';

const SECOND = 1_000;
const BEGIN = Date.parse('2026-01-01T00:00:00.000Z');

function at(seconds: number): string {
  return new Date(BEGIN + seconds * SECOND).toISOString();
}

/** Waited so many seconds, was provisioned for 30, ran for 60. */
function jobThatWaited(seconds: number): JobView {
  return {
    id: 'j5t4kwvalla1vp4tc9ls',
    state: 'Running',
    cleanup: 'none',
    labels: {},
    source: 'http',
    logs: [],
    createdAt: at(0),
    attempts: [
      {
        number: 1,
        placement: 'here',
        phase: 'running',
        cleanup: 'none',
        restartCount: 0,
        logBytes: 0,
        phases: { provisioning: at(seconds), running: at(seconds + 30) },
      },
    ],
  };
}

describe('the course of a job', () => {
  test('is to scale', () => {
    const bars = foldedTime(jobThatWaited(10), BEGIN + 100 * SECOND);
    expect(bars.map(({ state, isFolded }) => [state, isFolded])).toEqual([
      ['Queued', false],
      ['Provisioning', false],
      ['Running', false],
    ]);
    expect(bars.map(({ width }) => Math.round(width))).toEqual([10, 30, 60]);
    expect(bars.map(({ left }) => Math.round(left))).toEqual([0, 10, 40]);
  });

  test('folds a wait that would leave no room for the rest, and says how long it was', () => {
    const [wait, ...others] = foldedTime(jobThatWaited(36_000), BEGIN + 36_090 * SECOND);
    expect(wait).toMatchObject({ state: 'Queued', isFolded: true, ms: 36_000 * SECOND });
    expect(Math.round(wait?.width ?? 0)).toBe(20);
    expect(others.map(({ width }) => Math.round(width))).toEqual([27, 53]);
  });

  test('is a wait alone before the first attempt', () => {
    const job = { ...jobThatWaited(0), state: 'Queued' as const, attempts: [] };
    expect(foldedTime(job, BEGIN + 5 * SECOND)).toMatchObject([{ state: 'Queued', left: 0, width: 100 }]);
  });
});
