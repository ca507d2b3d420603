// The folders of this machine that containers find in the place of volumes: shares of Azure Files, and scratch.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A share as who mounts it names it. */
interface NamedShare {
  readonly account: string;
  readonly share: string;
  /** The account's key. */
  readonly key: string;
}

export interface VolumeFolders {
  /** The folder of a share; undefined where it isn't there, or the key is not its account's. */
  share(named: NamedShare): string | undefined;
  /** A new empty folder, for one workload. */
  scratch(): string;
  /** Removes such a folder with all that is in it. */
  remove(scratch: string): void;
}

export interface VolumeFoldersOptions {
  /** Absolute: a folder for each account, and in it one for each share. */
  readonly shares: string;
  /** Keys in base64, by account. */
  readonly keys: Readonly<Record<string, string>>;
  /** Absolute; new folders are made in it. */
  readonly scratch: string;
}

const ACCOUNT = /^[a-z0-9]{3,24}$/;
const SHARE = /^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]$/;

export function createVolumeFolders({ shares, keys, scratch }: VolumeFoldersOptions): VolumeFolders {
  return {
    share: ({ account, share, key }) => {
      // Anything else could lead out of the folder of shares.
      if (!ACCOUNT.test(account) || !SHARE.test(share)) return undefined;
      if (!Object.hasOwn(keys, account) || keys[account] !== key) return undefined;
      const folder = join(shares, account, share);
      return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true ? folder : undefined;
    },
    scratch: () => mkdtempSync(join(scratch, 'gpu-jobs-scratch-')),
    remove: (folder) => rmSync(folder, { recursive: true, force: true }),
  };
}
