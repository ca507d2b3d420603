// The log archive's blobs in memory, with the service's rules: ETags, append positions, conditional creation.
import type { LogArchive } from '../../domain/log-archive';
import { logArchiveOf } from '../../storage/blob-log-archive';
import type { BlobHead, LogBlobs } from '../../storage/log-blobs';
import type { FileLimits } from '../../storage/log-writer';

/** An archive for tests: the product's own, over blobs in memory. */
export function memoryLogArchive(limits?: Partial<FileLimits>): LogArchive {
  return logArchiveOf(new MemoryLogBlobs(), limits);
}

interface Stored {
  etag: string;
  bytes: Buffer;
  blocks: number;
  metadata: Readonly<Record<string, string>>;
}

export class MemoryLogBlobs implements LogBlobs {
  readonly #blobs = new Map<string, Stored>();
  #writes = 0;

  head(name: string): Promise<BlobHead | undefined> {
    const stored = this.#blobs.get(name);
    return Promise.resolve(stored === undefined ? undefined : headOf(stored));
  }

  create(name: string, metadata: Readonly<Record<string, string>>): Promise<BlobHead | undefined> {
    if (this.#blobs.has(name)) return Promise.resolve(undefined);
    return Promise.resolve(this.#write(name, { bytes: Buffer.alloc(0), blocks: 0, metadata }));
  }

  append(name: string, bytes: Buffer, on: BlobHead): Promise<BlobHead | 'changed'> {
    const stored = this.#existing(name);
    if (stored.etag !== on.etag || stored.bytes.length !== on.length) return Promise.resolve('changed');
    const all = Buffer.concat([stored.bytes, bytes]);
    return Promise.resolve(this.#write(name, { ...stored, bytes: all, blocks: stored.blocks + 1 }));
  }

  mark(
    name: string,
    metadata: Readonly<Record<string, string>>,
    on: BlobHead,
  ): Promise<BlobHead | 'changed'> {
    const stored = this.#existing(name);
    if (stored.etag !== on.etag) return Promise.resolve('changed');
    return Promise.resolve(this.#write(name, { ...stored, metadata }));
  }

  read(name: string, from: number, count: number): Promise<Buffer> {
    const bytes = this.#blobs.get(name)?.bytes ?? Buffer.alloc(0);
    return Promise.resolve(Buffer.from(bytes.subarray(from, from + count)));
  }

  readText(name: string): Promise<{ text: string; etag: string } | undefined> {
    const stored = this.#blobs.get(name);
    return Promise.resolve(stored && { text: stored.bytes.toString(), etag: stored.etag });
  }

  writeText(name: string, text: string, etag: string | undefined): Promise<{ etag: string } | 'changed'> {
    if (this.#blobs.get(name)?.etag !== etag) return Promise.resolve('changed');
    return Promise.resolve(this.#write(name, { bytes: Buffer.from(text), blocks: 0, metadata: {} }));
  }

  url(name: string): string {
    return `memory:${name}`;
  }

  #write(name: string, content: Omit<Stored, 'etag'>): BlobHead {
    this.#writes += 1;
    const stored = { ...content, etag: `"${this.#writes}"` };
    this.#blobs.set(name, stored);
    return headOf(stored);
  }

  #existing(name: string): Stored {
    const stored = this.#blobs.get(name);
    if (stored === undefined) throw new Error(`404: there is no blob ${name}.`);
    return stored;
  }
}

function headOf({ etag, bytes, blocks, metadata }: Stored): BlobHead {
  return { etag, length: bytes.length, blocks, metadata };
}
