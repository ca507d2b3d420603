// A group's restart policy. A job ends, whatever the policy says.
import type { ParseOptions } from '../document';
import type { Reader } from '../reader';

const ENDS =
  'OnFailure or Never ends with the program: write one of them, or submit with restartPolicy=OnFailure or restartPolicy=Never';

/**
 * Refuses a policy that never ends a job, unless it is overridden, and says what OnFailure means here. `properties` is
 * where the policy should stand.
 */
export function checkRestartPolicy(policy: Reader, properties: Reader, options: ParseOptions): void {
  if (!policy.present && options.restartPolicy === undefined) {
    properties.problem(
      `has no restartPolicy, and Azure's default is Always, which starts an ended program again for ever; a job ends. ${ENDS}`,
    );
    return;
  }
  const stated = policy.text();
  const known = ['always', 'onfailure', 'never'];
  if (policy.present && stated === undefined) return;
  if (stated !== undefined && !known.includes(stated.toLowerCase())) {
    policy.problem(`is "${stated}", must be OnFailure or Never`);
    return;
  }
  const isAlways = stated?.toLowerCase() !== 'onfailure' && stated?.toLowerCase() !== 'never';
  if (isAlways && options.restartPolicy === undefined) {
    policy.problem(`is Always, which starts an ended program again for ever; a job ends. ${ENDS}`);
    return;
  }
  const place = policy.present ? policy : properties;
  if (isAlways && options.restartPolicy !== undefined)
    place.translated(`Always is overridden by ${options.restartPolicy}.`);
  const isOther = options.restartPolicy?.toLowerCase() !== stated?.toLowerCase();
  if (!isAlways && options.restartPolicy !== undefined && isOther)
    policy.ignored(
      `is ${stated}; ${options.restartPolicy}, given beside the document, makes no difference: a job ends either way`,
    );
  const effective = options.restartPolicy?.toLowerCase() ?? stated?.toLowerCase();
  if (effective === 'onfailure')
    place.translated(
      'OnFailure: a program that fails ends the job with its exit code instead of starting again in place. Exit codes worth another attempt go into `retry.exitCodes`; what the platform breaks is tried again anyway.',
    );
}
