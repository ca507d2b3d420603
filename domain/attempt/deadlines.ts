// Deadlines, each named after the state that it bounds, and the instant at which a workload has outlived its tags.

/** All in seconds. */
export interface Deadlines {
  readonly queued: number;
  readonly provisioning: number;
  readonly pulling: number;
  readonly running: number;
  readonly archiving: number;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Shown in docs/failures.md. Provisioning a GPU group took Azure 8 to 10 minutes
 * (docs/facts/container-instances.md#times-of-provisioning).
 */
export const DEFAULT_DEADLINES: Deadlines = {
  queued: DAY,
  provisioning: 20 * MINUTE,
  pulling: 30 * MINUTE,
  running: DAY,
  archiving: 5 * MINUTE,
};

/** The most a spec may ask for, seconds. */
export const MAX_DEADLINES: Deadlines = {
  queued: 30 * DAY,
  provisioning: 2 * HOUR,
  pulling: 4 * HOUR,
  running: 7 * DAY,
  archiving: HOUR,
};

/** Seconds added to all deadlines before a workload counts as expired. */
const EXPIRY_MARGIN_S = 10 * MINUTE;

/** When a workload created at `createdAt` outlives its tags (I2). Both in epoch milliseconds. */
export function expiresAt(createdAt: number, deadlines: Deadlines): number {
  return createdAt + (runDeadlinesS(deadlines) + EXPIRY_MARGIN_S) * 1000;
}

/** How long a workload may last by all its deadlines together, seconds. */
export function runDeadlinesS({ provisioning, pulling, running, archiving }: Deadlines): number {
  return provisioning + pulling + running + archiving;
}
