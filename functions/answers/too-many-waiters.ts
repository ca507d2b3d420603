// The answer to a request that asks to wait when too many wait already.
import type { HttpResponseInit } from '@azure/functions';

import { problem } from './problem';

const RETRY_AFTER_S = 5;

export function tooManyWaiters(): HttpResponseInit {
  const detail = `Too many requests wait here already. Ask again in ${RETRY_AFTER_S} seconds, or without wait.`;
  const refused = problem(429, 'Too many waiters', detail);
  const headers = new Headers(refused.headers);
  headers.set('retry-after', String(RETRY_AFTER_S));
  return { ...refused, headers };
}
