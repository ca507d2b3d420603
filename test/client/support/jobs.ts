// Jobs in the API's form, for tests of its readers.
import type { AttemptView, JobView } from '../../../api/jobs';

export const JOB_ID = 'j0000000000000000001';
const BEGUN = Date.UTC(2026, 0, 31, 12, 0, 0);

/** Seconds after the job's submission, as ISO 8601. */
export function at(seconds: number): string {
  return new Date(BEGUN + seconds * 1000).toISOString();
}

export function job(changed: Partial<JobView> = {}): JobView {
  return {
    id: JOB_ID,
    state: 'Queued',
    cleanup: 'none',
    attempts: [],
    labels: {},
    source: 'http',
    createdAt: at(0),
    logs: [],
    ...changed,
  };
}

export function attempt(changed: Partial<AttemptView> = {}): AttemptView {
  return {
    number: 1,
    placement: 'here',
    phase: 'provisioning',
    cleanup: 'none',
    phases: { provisioning: at(1) },
    restartCount: 0,
    logBytes: 0,
    ...changed,
  };
}

/** The same job running, and over. */
export const RUNNING = job({
  state: 'Running',
  attempts: [attempt({ phase: 'running', phases: { provisioning: at(1), pulling: at(3), running: at(5) } })],
});
export const SUCCEEDED = job({
  state: 'Succeeded',
  outcome: 'Succeeded',
  exitCode: 0,
  endedAt: at(12),
  attempts: [
    attempt({
      phase: 'archiving',
      cleanup: 'requested',
      exitCode: 0,
      phases: { provisioning: at(1), pulling: at(3), running: at(5), archiving: at(11) },
    }),
  ],
});
