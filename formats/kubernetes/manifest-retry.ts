// A spec's retry policy in a Job's words.
import { type JobSpec, retryPolicyOf } from '../../domain/spec/job-spec';

/**
 * The pod failure policy fails the Job where the spec would not try again. Its first rule is about disruptions, because
 * a disrupted program has an exit code too; the second is about the program's own end. "NotIn 0" is every failure.
 */
export function jobRetry(spec: JobSpec): object {
  const { attempts, rerunAfterStart, exitCodes } = retryPolicyOf(spec);
  const values = exitCodes.length === 0 ? [0] : [...new Set(exitCodes)].toSorted((a, b) => a - b);
  return {
    backoffLimit: attempts - 1,
    podFailurePolicy: {
      rules: [
        {
          action: rerunAfterStart ? 'Count' : 'FailJob',
          onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }],
        },
        { action: 'FailJob', onExitCodes: { operator: 'NotIn', values } },
      ],
    },
  };
}
