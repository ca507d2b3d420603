// A pod's restart policy: a job ends with its program, so one that restarts it for ever is not taken.
import type { ParseOptions } from '../document';
import type { Reader } from '../reader';

/** Reports a policy under which the program would never be over, unless `restartPolicy` is given instead. */
export function checkRestartPolicy(
  kind: 'Job' | 'Pod',
  pod: Reader,
  { restartPolicy }: Pick<ParseOptions, 'restartPolicy'>,
): void {
  const policy = pod.at('restartPolicy');
  const isOther = restartPolicy !== undefined && restartPolicy !== policy.value;
  if (isOther && (policy.value === 'Never' || policy.value === 'OnFailure'))
    policy.ignored(
      `is ${policy.value}; ${restartPolicy}, given beside the document, makes no difference: a job ends either way`,
    );
  if (policy.value === 'Never') return;
  if (policy.value === 'OnFailure') {
    policy.translated(
      'does not restart the program in place: an attempt that fails is over, and tried again as `retry` of the spec says',
    );
    return;
  }
  if (policy.present && policy.value !== 'Always') {
    policy.problem(`is ${JSON.stringify(policy.value).slice(0, 80)}, must be OnFailure or Never`);
    return;
  }
  const says = policy.present
    ? 'is Always'
    : `is not named, which is Always for a ${kind === 'Job' ? 'pod' : kind}`;
  if (restartPolicy === undefined)
    policy.problem(
      `${says}: the program would be started again for ever, and paid for; write OnFailure or Never, or give restartPolicy=OnFailure beside the document`,
    );
  else policy.translated(`${says}; ${restartPolicy} was given beside the document and counts instead`);
}
