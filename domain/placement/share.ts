// A share of Azure Files, as a placement names it: where the app itself reads what stands on a volume.
import { z } from 'zod';

import { isLoopback } from '../parse/loopback';
import { secretName } from '../spec/job-spec';

/** Hosts of Azure Files in each of Azure's clouds, and of accounts in a DNS zone of their own. */
const HOST =
  /^([a-z0-9]{3,24})\.(?:file\.core\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)|z\d{1,2}\.file\.storage\.azure\.net)$/;
const ACCOUNT = /^[a-z0-9]{3,24}$/;
const SHARE = /^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

/** What a share's URL names. */
export interface ShareAddress {
  readonly account: string;
  readonly share: string;
  /** The service of the account, without the share. */
  readonly service: URL;
}

/**
 * Undefined for what is no share's URL: `https://ACCOUNT.file.core.windows.net/SHARE`, or
 * `http://127.0.0.1:PORT/ACCOUNT/SHARE` of an emulator. Nothing else is sent a key or a token.
 */
export function shareAddress(text: string): ShareAddress | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return undefined;
  const parts = url.pathname.split('/').slice(1);
  const emulated = isLoopback(url);
  if (!emulated && (url.protocol !== 'https:' || url.port !== '')) return undefined;
  const [account, share, ...more] = emulated ? parts : [HOST.exec(url.hostname)?.[1], ...parts];
  if (account === undefined || share === undefined || more.length > 0) return undefined;
  if (!ACCOUNT.test(account) || !SHARE.test(share)) return undefined;
  return { account, share, service: new URL(emulated ? `/${account}` : '/', url) };
}

export const shareSchema = z.strictObject({
  url: z
    .string()
    .refine(
      (text) => shareAddress(text) !== undefined,
      "must be a share's URL without a signature, such as https://ACCOUNT.file.core.windows.net/SHARE, or http://127.0.0.1:PORT/ACCOUNT/SHARE of an emulator",
    ),
  /** Name of the secret in the key vault with the account's key. Left out: the app's own identity signs in. */
  keyRef: secretName.optional(),
});
