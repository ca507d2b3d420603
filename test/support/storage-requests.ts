// What an operation costs: the HTTP requests that leave this process while it runs, repeats included.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';

import { z } from 'zod';

/** Node publishes every request of its http client here. */
const CHANNEL = 'http.client.request.start';
const message = z.object({ request: z.object({ method: z.string(), path: z.string() }) });

/**
 * The methods and paths (without query) of the requests that `act` sends, in order. Only one may run at a time, because
 * it sees the whole process.
 */
export async function requestsOf(act: () => Promise<unknown>): Promise<string[]> {
  const requests: string[] = [];
  const note = (published: unknown): void => {
    const { request } = message.parse(published);
    requests.push(`${request.method} ${request.path.split('?')[0] ?? ''}`);
  };
  subscribe(CHANNEL, note);
  try {
    await act();
  } finally {
    unsubscribe(CHANNEL, note);
  }
  return requests;
}
