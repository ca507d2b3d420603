// Pods that the Job can't have: the Job stands, and only its events say so.
import type { Reason } from '../../../domain/job/failure-reason';
import { parseQuantity } from '../../../manifests/quantity';
import { type FailureTable, reasonBy } from '../../failure-row';

export const POD_REFUSALS: FailureTable = [
  {
    shown: '"exceeded quota"',
    text: /exceeded quota|must specify .*(limits|requests)/i,
    reason: 'quota',
    source: 'I05',
  },
  {
    shown: '"violates PodSecurity"',
    text: /violates PodSecurity/i,
    reason: 'refused',
    class: 'infrastructure',
    advice: 'The namespace enforces a stricter level than the placement names as its `podSecurity`.',
    source: 'O05',
  },
  {
    shown: 'a service account, priority class or runtime class that is missing',
    text: /service ?account|PriorityClass|RuntimeClass/i,
    reason: 'refused',
    class: 'infrastructure',
    advice: 'The placement names it; make it, or name another.',
    source: 'O08-events-no-serviceaccount, O08-events-no-priorityclass, O08-events-no-runtimeclass',
  },
  {
    shown: 'any other refusal: a webhook, a policy',
    reason: 'refused',
    class: 'infrastructure',
    source: 'O12, O14: the same refusals, of a Job',
  },
];

/** `text`: of an event `FailedCreate`. */
export function podRefusal(text: string): Reason {
  return reasonBy(POD_REFUSALS, text, (why) => `The cluster refuses the pod of the Job: ${why}.`);
}

/** A quota may be used by others now; whether it is too small for this pod alone, its own amounts tell. */
export function isQuotaTooSmall(text: string): boolean {
  const requested = amountsIn(/requested: (.*?), used:/.exec(text)?.[1]);
  const limited = new Map(amountsIn(/limited: (.*)$/s.exec(text)?.[1]));
  return requested.some(([resource, amount]) => {
    const limit = limited.get(resource);
    return limit !== undefined && amount > limit;
  });
}

/** Of `limits.memory=1500M,pods=1`: each resource with its amount in billionths. */
function amountsIn(text = ''): [string, bigint][] {
  return [...text.matchAll(/([^=,\s]+)=([\w.]*\w)/g)].flatMap(([, resource = '', written = '']) => {
    const amount = parseQuantity(written);
    return amount === undefined ? [] : [[resource, amount] as [string, bigint]];
  });
}
