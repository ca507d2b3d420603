// What the HTTP answer to a create's PUT says of its fate. Pure; the protocol's §4.1 to the letter.
import type { CreateAnswer } from '../../domain/ports/compute-backend';
import { armError } from '../arm/arm-error';
import { isRefusingConflict, refusalReason } from './failure-reasons';

/** Statuses that say that nothing was created. */
const REFUSALS: readonly number[] = [400, 401, 403, 404, 429];

/** Any status that is neither an acceptance nor a refusal leaves the fate unknown [W_5XXREFUSED]. */
export function createAnswer(status: number, body: string): CreateAnswer {
  if (status >= 200 && status < 300) return { kind: 'accepted' };
  const { code, message } = armError(body);
  if (REFUSALS.includes(status) || (status === 409 && isRefusingConflict(code))) {
    return { kind: 'refused', reason: refusalReason(status, code, message) };
  }
  return { kind: 'unknown', why: `HTTP ${status} ${code ?? ''} ${message}`.trim() };
}
