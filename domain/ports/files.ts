// The port to files that jobs leave behind, wherever they are kept: they are listed and read.

/** The names of folders and files from the top down, each a name as it is, not encoded. */
export type FilePath = readonly string[];

export interface StoredFile {
  /** Where the place lists folders and all below them at once: the names below the folder, joined by `/`. */
  readonly name: string;
  readonly bytes: number;
  /** Epoch milliseconds; undefined where the place does not say. */
  readonly modifiedAt: number | undefined;
}

/** One page of what stands in a folder. */
export interface FolderPage {
  readonly files: readonly StoredFile[];
  /** Those whose files have lists of their own. */
  readonly folders: readonly string[];
  /** Asks for the next page. */
  readonly next?: string;
}

export interface FileContent {
  /** Of the whole file. */
  readonly bytes: number;
  /** Another one means another content. */
  readonly etag: string;
  /** From the offset that was asked for. It throws when the connection breaks for good. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Each rejects with RetryableError where the place can't be had now, with TerminalError for a definite refusal. */
export interface Files {
  /** Undefined: there is no such folder. */
  list(path: FilePath, page?: string): Promise<FolderPage | undefined>;
  /** Undefined: there is no such file. Nothing is read of a file that is no longer than `from`. */
  read(path: FilePath, from: number): Promise<FileContent | undefined>;
}
