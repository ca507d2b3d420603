// Bodies and addresses of the requests that scenes send by themselves.
const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000000';
const PROVIDER = 'providers/Microsoft.App';

/** The address of a job in `rg1`. */
export function jobPath(name: string, rest = '', version = '2025-07-01'): string {
  return `${SUBSCRIPTION}/resourceGroups/rg1/${PROVIDER}/jobs/${name}${rest}?api-version=${version}`;
}

/** The address of an environment in `rg1`. */
export function environmentPath(name: string, version = '2025-07-01', rest = ''): string {
  return `${SUBSCRIPTION}/resourceGroups/rg1/${PROVIDER}/managedEnvironments/${name}${rest}?api-version=${version}`;
}

export interface JobParts {
  readonly location?: string;
  readonly group?: string;
  readonly configuration?: Readonly<Record<string, unknown>>;
  readonly container?: Readonly<Record<string, unknown>>;
  readonly template?: Readonly<Record<string, unknown>>;
}

/** A manual job of one container, as the az client sends it. */
export function jobBody(name: string, parts: JobParts = {}): Record<string, unknown> {
  const { location = 'eastus', group = 'rg-env', configuration, container, template } = parts;
  return {
    location,
    properties: {
      environmentId: `${SUBSCRIPTION}/resourceGroups/${group}/${PROVIDER}/managedEnvironments/env1`,
      configuration: {
        triggerType: 'Manual',
        replicaTimeout: 200,
        replicaRetryLimit: 1,
        manualTriggerConfig: { replicaCompletionCount: 1, parallelism: 1 },
        ...configuration,
      },
      template: {
        containers: [
          {
            image: 'registry.example/k8se/quickstart:latest',
            name,
            resources: { cpu: 0.25, memory: '0.5Gi' },
            ...container,
          },
        ],
        ...template,
      },
    },
  };
}
