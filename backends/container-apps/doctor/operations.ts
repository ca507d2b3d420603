// The operations that the wildcards among our rights stand for. A role may name them one by one.

const EXECUTIONS_READ = 'Microsoft.App/jobs/executions/read';
const REPLICAS_READ = 'Microsoft.App/jobs/executions/replicas/read';
const STOP_AT_EXECUTION = 'Microsoft.App/jobs/executions/stop/action';

/**
 * The provider's list names no operation for replicas, nor one for the client's path of a stop, and two that may be
 * meant by a read of executions (docs/facts/container-apps.md#rights).
 */
const STAND_FOR: Readonly<Record<string, readonly string[]>> = {
  'Microsoft.App/jobs/*/read': [EXECUTIONS_READ, 'Microsoft.App/jobs/execution/read', REPLICAS_READ],
  'Microsoft.App/jobs/executions/*': [EXECUTIONS_READ, REPLICAS_READ, STOP_AT_EXECUTION],
};

/** Each pair is two names, of which the platform asks for one: no source says which. */
const ONE_OF_TWO: readonly (readonly [string, string])[] = [
  [EXECUTIONS_READ, 'Microsoft.App/jobs/execution/read'],
  [STOP_AT_EXECUTION, 'Microsoft.App/jobs/stop/execution/action'],
];

/** Throws for a wildcard that stands for nothing here: the doctor could not judge it. */
export function operationsOf(rights: readonly string[]): readonly string[] {
  const all = rights.flatMap((right) => {
    const operations = right.includes('*') ? STAND_FOR[right] : [right];
    if (operations === undefined) throw new Error(`No operation is known that ${right} stands for.`);
    return operations;
  });
  return [...new Set(all)];
}

/** The other name under which the platform may ask for the same. */
export function otherNameOf(operation: string): string | undefined {
  const pair = ONE_OF_TWO.find((names) => names.includes(operation));
  return pair?.find((name) => name !== operation);
}
