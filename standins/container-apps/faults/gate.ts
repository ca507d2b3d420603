// Stands before the API and answers in its place while a fault says so.
import { armErrorResponse } from '../../wire/arm-error';
import { ConnectionLost, type WireResponse } from '../../wire/handler';
import { throttled } from '../throttling';
import type { FaultBook } from './fault-book';

export interface Gate {
  /** Until when nobody is answered, by the clock's `now`. */
  downUntil: number;
}

/** Throws ConnectionLost while the API is down. */
export function checkUp({ downUntil }: Gate, now: number): void {
  if (now < downUntil) throw new ConnectionLost('The API is down.');
}

/** The answer that a fault gives to a request of ARM; undefined where the API is to answer. */
export function gateAnswer(faults: FaultBook): WireResponse | undefined {
  const tooMany = faults.take('too-many-requests');
  if (tooMany) return armErrorResponse(throttled(tooMany.seconds));
  if (!faults.take('precondition-failed')) return undefined;
  // The content type says JSON and there is no body (recorded, once).
  return {
    status: 412,
    headers: { 'content-type': 'application/json; charset=utf-8', 'content-length': '0' },
  };
}
