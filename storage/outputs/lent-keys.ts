// User delegation keys: what the service lends to an identity, to sign addresses with. One is kept for an hour.
import type { UserDelegationKey } from '@azure/storage-blob';

import type { Clock } from '../../domain/ports/clock';
import type { StorageClients } from '../account/clients';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** No key lasts longer (docs/facts/azure-blobs.md#delegation); the minutes are for clocks that differ. */
const LASTS_MS = 7 * 24 * HOUR_MS - 10 * MINUTE_MS;
const FROM_EARLIER_MS = 15 * MINUTE_MS;
/** It is asked for anew after so long, because a key may be revoked. */
const KEPT_MS = HOUR_MS;

/** Resolves to a key that lasts until then, where one may; rejects as the SDK does. */
export type LentKeys = (until: number, abortSignal: AbortSignal) => Promise<UserDelegationKey>;

export function createLentKeys(clients: StorageClients, clock: Clock): LentKeys {
  let kept: { readonly key: UserDelegationKey; readonly at: number } | undefined;
  return async (until, abortSignal) => {
    const now = clock.now();
    const age = kept === undefined ? Infinity : clock.monotonic() - kept.at;
    if (kept !== undefined && age < KEPT_MS && kept.key.signedExpiresOn.getTime() >= until) return kept.key;
    const key = await clients
      .blobService()
      .getUserDelegationKey(new Date(now - FROM_EARLIER_MS), new Date(now + LASTS_MS), { abortSignal });
    kept = { key, at: clock.monotonic() };
    return key;
  };
}
