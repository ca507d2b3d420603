// The names of the Secrets that a workload may have.

/** Holds the values of the spec's secret variables. */
export function variablesSecretName(workload: string): string {
  return workload;
}

/** Holds what the image is pulled with: its type differs, so it is a Secret of its own. */
export function pullSecretName(workload: string): string {
  return `${workload}-registry`;
}

export function secretNamesOf(workload: string): readonly string[] {
  return [variablesSecretName(workload), pullSecretName(workload)];
}
