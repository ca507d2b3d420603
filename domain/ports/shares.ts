// The port to file shares, where jobs leave outputs and checkpoints: folders are made, listed and read, never removed.
import type { FilePath, Files, StoredFile } from './files';

/** Which share, and how the app signs in there. */
export interface SharePlace {
  /** `https://ACCOUNT.file.core.windows.net/SHARE`; http on loopback, where a stand-in answers. */
  readonly url: string;
  /** The key vault's secret that holds the account's key. Left out: the app's own identity signs in. */
  readonly keyRef?: string | undefined;
}

/** A path leads from the share's top. */
export interface Share extends Files {
  /** Makes the folder and those above it. One that is there already stays as it is. */
  makeFolder(path: FilePath): Promise<void>;
  /** Undefined: there is no such file. */
  look(path: FilePath): Promise<StoredFile | undefined>;
}

export interface Shares {
  /**
   * Sends no request.
   *
   * @throws TerminalError for an address that is no share's.
   */
  open(address: SharePlace): Share;
}
