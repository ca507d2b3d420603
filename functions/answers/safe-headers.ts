// Headers of every answer: what a browser makes of a text that a program or a platform wrote, and who may keep it.
import { app, type HttpResponseInit, type PostInvocationContext } from '@azure/functions';
import { z } from 'zod';

/**
 * A browser takes no log for a page or a script, runs nothing in what it shows, and lets no page of another origin
 * include it as a picture or script. No cache keeps an answer, for its address may hold a function key.
 */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** Unless the answer has its own: the page of the dashboard runs its own script, and holds no data. */
const DEFAULTS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'cache-control': 'no-store',
} as const;

/** What our handlers return. */
const answerSchema = z.looseObject({
  headers: z.union([z.instanceof(Headers), z.record(z.string(), z.string())]).optional(),
});

/** To be called after whatever else answers in a handler's place. */
export function registerSafeHeaders(): void {
  app.hook.postInvocation(addSafeHeaders);
}

export function addSafeHeaders(ended: PostInvocationContext): void {
  if (ended.invocationContext.options.trigger.type !== 'httpTrigger') return;
  const answer = answerSchema.safeParse(ended.result);
  if (!answer.success) return; // The host answers what was thrown: it has no body.
  const headers = new Headers(answer.data.headers);
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value);
  for (const [name, value] of Object.entries(DEFAULTS)) if (!headers.has(name)) headers.set(name, value);
  ended.result = { ...answer.data, headers } satisfies HttpResponseInit;
}
