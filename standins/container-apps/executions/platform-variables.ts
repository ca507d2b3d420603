// The variables that the platform adds to those of a container (docs/facts/container-apps.md#platform-variables).

/** What a program gets. */
export function platformVariables(job: string, execution: string, replica: string): Record<string, string> {
  return {
    CONTAINER_APP_JOB_NAME: job,
    CONTAINER_APP_JOB_EXECUTION_NAME: execution,
    CONTAINER_APP_REPLICA_NAME: replica,
  };
}

/**
 * What an execution's template showed of them: the job's name in 2023, all three with two empty values in 2024, nothing
 * since 2025 (recorded).
 */
export function shownVariables(
  job: string,
  shown: 'none' | 'job-name' | 'all',
): readonly { readonly name: string; readonly value: string }[] {
  if (shown === 'none') return [];
  const all = Object.entries(platformVariables(job, '', '')).map(([name, value]) => ({ name, value }));
  return shown === 'all' ? all : all.slice(0, 1);
}
