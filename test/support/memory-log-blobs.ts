// The log archive's blobs in memory, with the service's rules: ETags, append positions, conditional creation.
import type { LogArchive } from '../../domain/ports/log-archive';
import { createLogArchive } from '../../storage/logs/blob-log-archive';
import type { BlobHead, LogBlobs } from '../../storage/logs/log-blobs';
import type { FileLimits } from '../../storage/logs/log-writer';

/** An archive for tests: the product's own, over blobs in memory. */
export function memoryLogArchive(limits?: Partial<FileLimits>): LogArchive {
  return createLogArchive(new MemoryLogBlobs(), limits);
}

interface Stored {
  etag: string;
  /** Blocks of an append blob, or the one content of another. */
  parts: readonly Buffer[];
  length: number;
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
    return Promise.resolve(this.#write(name, { parts: [], length: 0, metadata }));
  }

  append(name: string, bytes: Buffer, on: BlobHead): Promise<BlobHead | 'changed'> {
    const stored = this.#existing(name);
    if (stored.etag !== on.etag || stored.length !== on.length) return Promise.resolve('changed');
    const parts = [...stored.parts, Buffer.from(bytes)];
    return Promise.resolve(this.#write(name, { ...stored, parts, length: stored.length + bytes.length }));
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
    const wanted: Buffer[] = [];
    let at = 0;
    for (const part of this.#blobs.get(name)?.parts ?? []) {
      wanted.push(part.subarray(Math.max(0, from - at), Math.max(0, from + count - at)));
      at += part.length;
    }
    return Promise.resolve(Buffer.concat(wanted));
  }

  readText(name: string): Promise<{ text: string; etag: string } | undefined> {
    const stored = this.#blobs.get(name);
    return Promise.resolve(stored && { text: Buffer.concat(stored.parts).toString(), etag: stored.etag });
  }

  writeText(name: string, text: string, etag: string | undefined): Promise<{ etag: string } | 'changed'> {
    if (this.#blobs.get(name)?.etag !== etag) return Promise.resolve('changed');
    return Promise.resolve(
      this.#write(name, { parts: [Buffer.from(text)], length: text.length, metadata: {} }),
    );
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

function headOf({ etag, length, parts, metadata }: Stored): BlobHead {
  return { etag, length, blocks: parts.length, metadata };
}
