import { isFinished, takeover } from '../../../domain/sweep/take-over';
import { intended } from '../../support/attempts';
import { jobRow, NEW_YEAR } from '../../support/rows';

describe('taking over an attempt', () => {
  const row = intended({ nextBy: NEW_YEAR + 1_000 });

  test('is for stories that are absent, or ended with work left', () => {
    expect(takeover(row, 'absent', NEW_YEAR)).toBe('take-over');
    expect(takeover(row, 'ended', NEW_YEAR)).toBe('take-over');
  });

  test('cancels the job when a person terminated its story', () => {
    expect(takeover(row, 'terminated', NEW_YEAR)).toBe('cancel-and-take-over');
  });

  test('leaves a story that runs alone until it is silent for longer than it promised', () => {
    expect(takeover(row, 'running', NEW_YEAR + 1_000)).toBe('leave');
    expect(takeover(row, 'running', NEW_YEAR + 1_001)).toBe('take-over');
  });
});

describe('an attempt is finished', () => {
  const finished = (cleanup: 'requested' | 'gone', job: Parameters<typeof jobRow>[0]): boolean => {
    const attempt = intended({ cleanup });
    const rows = { job: { row: jobRow(job), etag: '1' }, cancel: undefined, attempts: [] };
    return isFinished(attempt, rows);
  };

  test('when gone and the job has moved on, waits, or is over and announced', () => {
    expect(finished('gone', { state: 'active', attempt: 2 })).toBe(true);
    expect(finished('gone', { state: 'waiting', attempt: 1 })).toBe(true);
    expect(finished('gone', { state: 'over', attempt: 1, eventSent: true })).toBe(true);
  });

  test('not while it is being removed, to be settled or to be announced', () => {
    expect(finished('requested', { state: 'over', attempt: 1, eventSent: true })).toBe(false);
    expect(finished('requested', { state: 'active', attempt: 2 })).toBe(false);
    expect(finished('gone', { state: 'active', attempt: 1 })).toBe(false);
    expect(finished('gone', { state: 'over', attempt: 1 })).toBe(false);
  });
});
