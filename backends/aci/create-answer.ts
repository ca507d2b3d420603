// What the HTTP answer to a create's PUT says of its fate. Pure; the protocol's §4.1 to the letter.
import { z } from 'zod';

import type { CreateAnswer } from '../../domain/ports/compute-backend';
import { isRefusingConflict, refusalReason } from './failure-reasons';

/** ARM's error envelope (docs/facts/azure-resource-manager.md#error-envelope). */
const envelopeSchema = z.object({
  error: z.object({ code: z.string().optional(), message: z.string().optional() }),
});

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

/** Code and message of an ARM error; what is no envelope is all message. */
function armError(body: string): { code: string | undefined; message: string } {
  try {
    const { error } = envelopeSchema.parse(JSON.parse(body));
    return { code: error.code, message: error.message ?? '' };
  } catch {
    return { code: undefined, message: body.slice(0, 500) }; // A proxy's page, perhaps: shown as it is.
  }
}
