// Waits for the credentials of one request, and says what became of the request where they don't come.
import { RetryableError } from '../../../domain/errors';
import type { ClusterRequest } from './cluster-api';
import { NotCarriedOut } from './not-carried-out';

/** What is true of the request where its credentials don't come: in time, or at all. */
interface Without {
  readonly late: (ms: number, asked: string) => string;
  readonly none: (asked: string, why: string) => string;
}

export const BEFORE_IT: Without = {
  late: (ms, asked) =>
    `The credentials for the cluster were not there within ${ms} ms, so nothing was sent: ${asked}.`,
  none: (asked, why) => `Nothing was sent (${asked}), for there are no credentials: ${why}`,
};

export const AFTER_401: Without = {
  late: (ms, asked) =>
    `The API server refused the credentials (401), so nothing was carried out, and newer ones were not there within ${ms} ms: ${asked}.`,
  none: (asked, why) =>
    `The API server refused the credentials (401), so nothing was carried out (${asked}), and newer ones could not be had: ${why}`,
};

/**
 * Waits no longer than the exchange may take; what is waited for goes on for whoever asks next.
 *
 * @throws NotCarriedOut where they can't be had now. TerminalError where they can't be had at all.
 */
export function credentials<Value>(
  waited: Promise<Value>,
  { timeoutMs, method, path }: ClusterRequest,
  signal: AbortSignal,
  without: Without,
): Promise<Value> {
  const asked = `${method} ${path.split('?')[0] ?? ''}`;
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new NotCarriedOut(without.late(timeoutMs, asked)));
    if (signal.aborted) late();
    signal.addEventListener('abort', late, { once: true });
    waited
      .catch((error: unknown) => {
        if (!(error instanceof RetryableError)) throw error;
        throw new NotCarriedOut(without.none(asked, error.message), error.facts, { cause: error });
      })
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', late));
  });
}
