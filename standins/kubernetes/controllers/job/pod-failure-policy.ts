// What a Job's podFailurePolicy says of a failed pod.
import type { Job, PodFailureRule } from '../../model/job';
import type { ContainerStatus, Pod } from '../../model/pod';

export interface PolicyVerdict {
  /** Whether the failure counts against backoffLimit. */
  readonly counts: boolean;
  /** Why the Job fails at once, in the controller's words. */
  readonly failJob?: string;
}

const COUNTS: PolicyVerdict = { counts: true };

/** The first rule that matches decides; without one the failure counts. */
export function judgeByPolicy({ spec }: Pick<Job, 'spec'>, pod: Pod): PolicyVerdict {
  if (pod.status.phase !== 'Failed') return COUNTS;
  for (const [index, rule] of (spec.podFailurePolicy?.rules ?? []).entries()) {
    const match = matchOf(rule, pod);
    if (match === undefined) continue;
    if (rule.action === 'Ignore') return { counts: false };
    if (rule.action === 'FailJob')
      return { counts: true, failJob: `${match} matching FailJob rule at index ${index}` };
    return COUNTS;
  }
  return COUNTS;
}

/** What of the pod matches, as the controller words it. */
function matchOf({ onExitCodes, onPodConditions }: PodFailureRule, pod: Pod): string | undefined {
  const name = `${pod.metadata.namespace ?? ''}/${pod.metadata.name}`;
  if (onExitCodes) {
    const { containerName, operator, values } = onExitCodes;
    const found = statusesOf(pod).find(({ name: container, state }) => {
      const code = state?.terminated?.exitCode ?? 0;
      if (code === 0 || (containerName !== undefined && container !== containerName)) return false;
      return values.includes(code) === (operator === 'In');
    });
    return (
      found &&
      `Container ${found.name} for pod ${name} failed with exit code ${found.state?.terminated?.exitCode ?? 0}`
    );
  }
  const condition = onPodConditions?.find(({ type, status }) =>
    pod.status.conditions?.some((held) => held.type === type && held.status === status),
  );
  return condition && `Pod ${name} has condition ${condition.type}`;
}

function statusesOf({ status }: Pod): readonly ContainerStatus[] {
  return [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
}
