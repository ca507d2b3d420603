// What an operation costs: the HTTP requests that leave this process while it runs, repeats included.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';

import { z } from 'zod';

/** Node publishes every request of its http client here. */
const CHANNEL = 'http.client.request.start';
const message = z.object({ request: z.instanceof(ClientRequest) });

/**
 * Tells of each request that leaves this process while `act` runs. Only one may run at a time, because it sees the
 * whole process.
 */
export async function watchRequests(
  act: () => Promise<unknown>,
  onRequest: (request: ClientRequest) => void,
): Promise<void> {
  const note = (published: unknown): void => onRequest(message.parse(published).request);
  subscribe(CHANNEL, note);
  try {
    await act();
  } finally {
    unsubscribe(CHANNEL, note);
  }
}

/** The methods and paths (without query) of the requests that `act` sends, in order; one at a time, as above. */
export async function requestsOf(act: () => Promise<unknown>): Promise<string[]> {
  const requests: string[] = [];
  await watchRequests(act, ({ method, path }) => requests.push(`${method} ${path.split('?')[0] ?? ''}`));
  return requests;
}
