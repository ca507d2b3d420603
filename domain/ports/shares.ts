// The port to file shares, where jobs leave outputs and checkpoints: folders are made, listed and read, never removed.

/** Which share, and how the app signs in there. */
export interface SharePlace {
  /** `https://ACCOUNT.file.core.windows.net/SHARE`; http on loopback, where a stand-in answers. */
  readonly url: string;
  /** The key vault's secret that holds the account's key. Left out: the app's own identity signs in. */
  readonly keyRef?: string | undefined;
}

/** The names of folders and files from the share's top down, each a name as it is, not encoded. */
export type SharePath = readonly string[];

interface ShareFile {
  readonly name: string;
  readonly bytes: number;
  /** Epoch milliseconds; undefined where the share does not say. */
  readonly modifiedAt: number | undefined;
}

/** One page of what stands in a folder, not in those below it. */
export interface FolderPage {
  readonly files: readonly ShareFile[];
  readonly folders: readonly string[];
  /** Asks for the next page. */
  readonly next?: string;
}

export interface ShareContent {
  /** Of the whole file. */
  readonly bytes: number;
  /** Another one means another content. */
  readonly etag: string;
  /** From the offset that was asked for. It throws when the connection breaks for good. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Each rejects with RetryableError where the share can't be had now, with TerminalError for a definite refusal. */
export interface Share {
  /** Makes the folder and those above it. One that is there already stays as it is. */
  makeFolder(path: SharePath): Promise<void>;
  /** Undefined: there is no such folder. */
  list(path: SharePath, page?: string): Promise<FolderPage | undefined>;
  /** Undefined: there is no such file. */
  look(path: SharePath): Promise<ShareFile | undefined>;
  /** Undefined: there is no such file. Nothing is read of a file that is no longer than `from`. */
  read(path: SharePath, from: number): Promise<ShareContent | undefined>;
}

export interface Shares {
  /**
   * Sends no request.
   *
   * @throws TerminalError for an address that is no share's.
   */
  open(address: SharePlace): Share;
}
