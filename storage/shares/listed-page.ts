// What a share's SDK makes of an answer that lists a folder, checked: the SDK believes any XML.
import { z } from 'zod';

import { RetryableError } from '../../domain/errors';
import { parseUntrusted } from '../../domain/parse/parse-untrusted';
import type { FolderPage } from '../../domain/ports/files';

const listedSchema = z.object({
  segment: z.object({
    fileItems: z.array(
      z.object({
        name: z.string(),
        properties: z.object({
          contentLength: z.number().int().nonnegative(),
          lastWriteTime: z.date().optional(),
        }),
      }),
    ),
    directoryItems: z.array(z.object({ name: z.string() })),
  }),
  continuationToken: z.string().optional(),
});

export function notAList(why: string): RetryableError {
  return new RetryableError(`The share's answer is no list of a folder: ${why}`);
}

/** @throws RetryableError for what is no list of a folder, as a proxy on the way may answer. */
export function listedPage(answer: unknown): FolderPage {
  const parsed = parseUntrusted(listedSchema, answer);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw notAList(`${issue?.path.join('/')}: ${issue?.message}`);
  }
  const { segment, continuationToken: next = '' } = parsed.data;
  return {
    files: segment.fileItems.map(({ name, properties }) => ({
      name,
      bytes: properties.contentLength,
      modifiedAt: properties.lastWriteTime?.getTime(),
    })),
    folders: segment.directoryItems.map(({ name }) => name),
    ...(next !== '' && { next }),
  };
}
