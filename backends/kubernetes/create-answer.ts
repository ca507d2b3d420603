// What the answer to the POST of a Job or of its Secret says of its fate. Pure.
import type { CreateAnswer } from '../../domain/ports/compute-backend';
import { refusalReason } from './failures/create-failures';
import { answerInWords, statusOf } from './status';

/** Statuses that say that nothing was stored. 409: something else has the name. */
const REFUSALS: readonly number[] = [400, 401, 403, 404, 405, 409, 413, 415, 422, 429];

/** A webhook that can't be reached keeps the object from being stored; any other 5xx leaves the fate unknown. */
const NOT_STORED = 'failed calling webhook';

export function createAnswer(answer: { readonly status: number; readonly text: string }): CreateAnswer {
  const { status } = answer;
  if (status >= 200 && status < 300) return { kind: 'accepted' };
  const said = statusOf(answer.text);
  const isRefused = REFUSALS.includes(status) || (status === 500 && said.message.includes(NOT_STORED));
  return isRefused
    ? { kind: 'refused', reason: refusalReason(status, said) }
    : { kind: 'unknown', why: answerInWords(answer) };
}
