// Faults of a share that tests and users of the local stack switch on: in a file, read again at each request.
import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import { ConnectionLost, type WireResponse } from '../wire/handler';
import { FilesFault } from './files-fault';
import type { Place } from './place';

const faultSchema = z.enum(['unreachable', 'full', 'busy', 'forbidden', 'redirected']);
export type ShareFault = z.infer<typeof faultSchema>;

const faultsSchema = z.record(z.string(), faultSchema);
const absentSchema = z.object({ code: z.literal('ENOENT') });

/** The address that instances of virtual machines ask for their tokens: a redirect there must not be followed. */
const METADATA_ADDRESS =
  'http://169.254.169.254/metadata/identity/oauth2/token?resource=https://storage.azure.com';

/** By share, `account/share`. The file holds `{ "account/share": "full" }`; without it nothing is wrong. */
export function faultsFromFile(file: string): (place: Place) => Promise<ShareFault | undefined> {
  return async ({ account, share }) => {
    try {
      return faultsSchema.parse(JSON.parse(await readFile(file, 'utf8')))[`${account}/${share}`];
    } catch (error) {
      if (absentSchema.safeParse(error).success) return undefined;
      throw error;
    }
  };
}

/** An answer in place of the real one, or undefined where the fault leaves this request alone. */
export function faultyAnswer(fault: ShareFault, writes: boolean): WireResponse | undefined {
  switch (fault) {
    case 'unreachable':
      throw new ConnectionLost('The share is unreachable.');
    case 'full':
      if (!writes) return undefined;
      throw new FilesFault(403, 'ShareSizeLimitReached', 'The share size limit is reached.');
    case 'busy':
      throw new FilesFault(503, 'ServerBusy', 'The server is busy.');
    case 'forbidden':
      throw new FilesFault(
        403,
        'AuthorizationPermissionMismatch',
        'This request is not authorized to perform this operation using this permission.',
      );
    case 'redirected':
      return { status: 302, headers: { location: METADATA_ADDRESS } };
  }
}
