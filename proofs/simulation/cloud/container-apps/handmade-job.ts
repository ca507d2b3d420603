// Definitions that people make by hand.
import { SUBSCRIPTION } from '../../../../test/support/placements';
import { type Program, PROGRAM_VARIABLE } from '../../users/program';
import { APPS_ENVIRONMENT, APPS_GROUP, APPS_REGION } from './apps-settings';

/** Longer than any run, seconds. */
const REPLICA_TIMEOUT_S = 24 * 3_600;

/** With marks of ours it is a workload of ours that no row knows. Without a program it runs for a minute. */
export function handmadeJob(tags: Readonly<Record<string, string>>, program?: Program): object {
  const env = program === undefined ? [] : [{ name: PROGRAM_VARIABLE, value: JSON.stringify(program) }];
  return {
    location: APPS_REGION,
    tags,
    properties: {
      environmentId: `/subscriptions/${SUBSCRIPTION}/resourceGroups/${APPS_GROUP}/providers/Microsoft.App/managedEnvironments/${APPS_ENVIRONMENT}`,
      configuration: {
        triggerType: 'Manual',
        replicaTimeout: REPLICA_TIMEOUT_S,
        replicaRetryLimit: 0,
        manualTriggerConfig: { parallelism: 1, replicaCompletionCount: 1 },
      },
      template: {
        containers: [{ name: 'main', image: 'hand/made', env, resources: { cpu: 0.5, memory: '1Gi' } }],
      },
    },
  };
}
