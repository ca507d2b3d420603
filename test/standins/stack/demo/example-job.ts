// A job in the API's form, for tests of what the demo shows.
import { type Job, jobSchema } from '../../../../standins/stack/jobs-api';

export const SUBMITTED_AT = Date.parse('2026-01-01T00:00:00.000Z');

type Attempt = Job['attempts'][number];

/** An instant so many milliseconds after the submission. */
export function after(ms: number): string {
  return new Date(SUBMITTED_AT + ms).toISOString();
}

export function exampleAttempt(fields: Partial<Attempt> = {}): Attempt {
  return {
    number: 1,
    placement: 'local-eastus',
    phase: 'running',
    cleanup: 'none',
    phases: {},
    logBytes: 0,
    ...fields,
  };
}

export function exampleJob(fields: Partial<Job> = {}): Job {
  return jobSchema.parse({
    id: 'j0000000000000000001',
    state: 'Queued',
    cleanup: 'none',
    attempts: [],
    labels: {},
    createdAt: after(0),
    ...fields,
  });
}
