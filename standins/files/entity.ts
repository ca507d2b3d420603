// What a file or folder looks like in answers: size, times, ETag.
import { lstat } from 'node:fs/promises';

export interface Entity {
  readonly bytes: number;
  readonly modifiedAt: Date;
  /** In quotes. It changes with each write that this machine's clock can tell from the one before. */
  readonly etag: string;
}

export async function entityAt(path: string): Promise<Entity> {
  const stats = await lstat(path, { bigint: true });
  return {
    bytes: stats.isFile() ? Number(stats.size) : 0,
    modifiedAt: new Date(Number(stats.mtimeMs)),
    etag: `"0x${(stats.mtimeNs ^ (stats.size << 8n) ^ (stats.ino << 40n)).toString(16).toUpperCase()}"`,
  };
}

export function entityHeaders({ modifiedAt, etag }: Entity): Record<string, string> {
  return {
    etag,
    'last-modified': modifiedAt.toUTCString(),
    'x-ms-file-last-write-time': modifiedAt.toISOString(),
    'x-ms-server-encrypted': 'true',
  };
}
