// The deadlines of a Job and of its pod: none of them ends anything as long as the runner lives.
import type { Deadlines } from '../domain/attempt/deadlines';

const MINUTE_S = 60;
const DAY_S = 24 * 60 * MINUTE_S;

/**
 * By how much the cluster's deadlines are longer than the runner's own, seconds. The runner's verdicts come first, and
 * clocks may differ.
 */
const MARGIN_S = 10 * MINUTE_S;

interface JobDeadlines {
  /** Of the pod: it fails, and its log stays readable (docs/facts/kubernetes.md#deadlines). */
  readonly pod: number;
  /**
   * Of the Job: it counts while no node has the pod, but takes the pod and its log along. So it is the backstop for a
   * runner that is gone.
   */
  readonly job: number;
  /**
   * After its end a Job stays for so long. It costs nothing then, and a runner that was away for a day still finds the
   * end and the log.
   */
  readonly kept: number;
}

/** All in seconds. `livesS`: from the creation of a workload to its expiry. */
export function jobDeadlines(deadlines: Deadlines, livesS: number): JobDeadlines {
  return {
    pod: deadlines.pulling + deadlines.running + MARGIN_S,
    job: Math.ceil(livesS) + MARGIN_S,
    kept: DAY_S + deadlines.archiving + MARGIN_S,
  };
}
