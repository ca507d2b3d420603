// The few blob operations that the log archive is made of: each one request, each write conditional.

/** An append blob as the service describes it. */
export interface BlobHead {
  /** Changes with every write, that of metadata included. */
  readonly etag: string;
  /** Bytes. */
  readonly length: number;
  /** Blocks appended so far. */
  readonly blocks: number;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface LogBlobs {
  /** Undefined when there is no such blob. */
  head(name: string): Promise<BlobHead | undefined>;
  /** A new, empty append blob; undefined when one of that name exists. */
  create(name: string, metadata: Readonly<Record<string, string>>): Promise<BlobHead | undefined>;
  /** Appends one block of at most `MAX_BLOCK_BYTES`; `changed` when the blob is no longer as `on` describes it. */
  append(name: string, bytes: Buffer, on: BlobHead): Promise<BlobHead | 'changed'>;
  /** Replaces the metadata, so that a writer that read the blob before can't append any more. */
  mark(name: string, metadata: Readonly<Record<string, string>>, on: BlobHead): Promise<BlobHead | 'changed'>;
  /** At most `count` bytes from `from`; empty beyond the end or when there is no such blob. */
  read(name: string, from: number, count: number): Promise<Buffer>;
  readText(name: string): Promise<{ readonly text: string; readonly etag: string } | undefined>;
  /** Replaces the text read with that ETag, or creates it where there was none; answers the new ETag. */
  writeText(
    name: string,
    text: string,
    etag: string | undefined,
  ): Promise<{ readonly etag: string } | 'changed'>;
  url(name: string): string;
}

/** An append blob's block holds at most 4 MiB in every version of the service (Append Block, before 2022-11-02). */
export const MAX_BLOCK_BYTES = 4 * 1024 * 1024;
