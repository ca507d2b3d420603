// What the answers to a definition's PUT and to a start say of them. Pure; the protocol's §4.1 to the letter.
import { type Reason, reason } from '../../domain/job/failure-reason';
import type { CreateAnswer, PrepareAnswer } from '../../domain/ports/compute-backend';
import { armError } from '../arm/arm-error';
import { type FailureTable, reasonBy } from '../failure-row';

/** Statuses that say that nothing came of a request. */
const REFUSALS: readonly number[] = [400, 401, 403, 404, 429];
const TOO_MANY_REQUESTS = 429;

/** By status, code and text. */
export const APPS_REFUSALS: FailureTable = [
  {
    shown: '429',
    text: /^429|TooManyRequests|Throttled/,
    reason: 'throttled',
    source: 'error-429',
  },
  {
    shown: 'a text about a quota',
    text: /quota|maximum allowed/i,
    reason: 'quota',
    source: 'docs/facts/container-apps.md#usages',
  },
  {
    shown: '401, 403, 404: rights, a resource group, an environment',
    text: /^40[134]/,
    reason: 'refused',
    class: 'infrastructure',
    source: "docs/facts/azure-resource-manager.md#refused-before-the-service; the placement's own trouble",
  },
  {
    shown: '400 about the environment or a workload profile',
    text: /ManagedEnvironment|WorkloadProfile|workload profile|LocationNotAvailable/i,
    reason: 'refused',
    class: 'infrastructure',
    source: "error-400-profile-name, error-409-env; the placement's own trouble",
  },
  { shown: 'any other refusal', reason: 'refused', source: 'protocol §4.1' },
];

function why(status: number, body: string): string {
  const { code, message } = armError(body);
  return `${status} ${code ?? ''} ${message}`.replaceAll(/ +/g, ' ').trim();
}

function refusal(status: number, body: string): Reason {
  const text = why(status, body);
  const { code, class: ofClass } = reasonBy(APPS_REFUSALS, text, (said) => said);
  return reason(code, text, ofClass);
}

/** A start's fate is that of its own answer; any status that is neither leaves it unknown [W_5XXREFUSED]. */
export function startAnswer(status: number, body: string): CreateAnswer {
  if (status >= 200 && status < 300) return { kind: 'accepted' };
  if (REFUSALS.includes(status)) return { kind: 'refused', reason: refusal(status, body) };
  return { kind: 'unknown', why: `HTTP ${why(status, body)}` };
}

/**
 * A PUT may be repeated, so only what no repetition mends refuses it. What is accepted is not ready yet: a look tells
 * when it is.
 */
export function putAnswer(status: number, body: string): PrepareAnswer {
  if (status >= 200 && status < 300) return { kind: 'not-yet' };
  const isFinal = REFUSALS.includes(status) && status !== TOO_MANY_REQUESTS;
  return isFinal
    ? { kind: 'refused', reason: refusal(status, body) }
    : { kind: 'unknown', why: `HTTP ${why(status, body)}` };
}
