// Creates that were refused, by what the API server says. The first row that matches counts.
import type { Reason } from '../../../domain/job/failure-reason';
import { type FailureTable, reasonBy } from '../../failure-row';
import { remedyOf } from '../missing-right';

/** Of `status reason: message`. */
export const CREATE_FAILURES: FailureTable = [
  {
    shown: '429, "too many requests"',
    text: /^429\b/,
    reason: 'throttled',
    source: 'M40',
  },
  {
    shown: '409 `AlreadyExists`',
    text: /^409\b/,
    reason: 'name-taken',
    source: 'C02, L16-09',
  },
  {
    shown: '403 "exceeded quota"',
    text: /exceeded quota/i,
    reason: 'quota',
    source: 'I07',
  },
  {
    shown: 'an admission webhook or policy: "denied the request"',
    text: /admission webhook|denied the request|ValidatingAdmissionPolicy/i,
    reason: 'refused',
    class: 'infrastructure',
    advice: "The cluster's own policy forbids it.",
    source: 'O12, O14',
  },
  {
    shown: '500 "failed calling webhook"',
    text: /failed calling webhook/i,
    reason: 'refused',
    class: 'infrastructure',
    source: 'O13',
  },
  {
    shown: '401, 403, 404: rights, a namespace that is missing or ends',
    text: /^40[134]\b/,
    reason: 'refused',
    class: 'infrastructure',
    source: "B05, C06, J02; the placement's own trouble, so the next placement is tried",
  },
  {
    shown: '400, 413, 415, 422: the Job is not valid',
    reason: 'refused',
    source: 'C08, C17',
  },
];

export function refusalReason(
  status: number,
  said: { readonly reason: string; readonly message: string },
): Reason {
  const text = `${status} ${said.reason}: ${said.message}`.replace(' :', ':');
  return reasonBy(CREATE_FAILURES, text, (shown) => `${shown}${remedyOf(said.message)}`);
}
