// Whether a container that has ended is started again, and when.

export const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'] as const;
export type RestartPolicy = (typeof RESTART_POLICIES)[number];

/** The longest wait between two starts or two pulls, milliseconds. It is Kubernetes' longest. */
const LONGEST_BACK_OFF_MS = 300_000;

/**
 * Whether a container with this policy and exit code is started again
 * (docs/facts/container-instances.md#restart-policy).
 */
export function restarts(policy: RestartPolicy, exitCode: number): boolean {
  switch (policy) {
    case 'Always':
      return true;
    case 'OnFailure':
      return exitCode !== 0;
    case 'Never':
      return false;
  }
}

/** The wait before the next try, milliseconds. It doubles with each try before it; `tried` is their number. */
export function backOffMs(firstMs: number, tried: number): number {
  return Math.min(LONGEST_BACK_OFF_MS, firstMs * 2 ** Math.max(0, tried));
}
