import { ShareFileClient } from '@azure/storage-file-share';

import { RetryableError } from '../../../domain/errors';
import type { WireResponse } from '../../../standins/wire/handler';
import { type RunningServer, serve } from '../../../standins/wire/node-server';
import { contentOf } from '../../../storage/account/file-content';
import { storageFailure } from '../../../storage/account/storage-failure';

const HEADERS = { etag: '"1"', 'content-length': '8', 'content-type': 'application/octet-stream' };
const HEAD = { contentLength: 8, etag: '"1"' };
const SILENT_MS = 200;

let server: RunningServer;
let answer: () => Promise<WireResponse>;
beforeEach(async () => {
  server = await serve(() => answer(), { port: 0, onError: () => undefined });
});
afterEach(() => server.close());

async function read(): Promise<string> {
  const file = new ShareFileClient(`${server.origin}/acct/share/file`, undefined, {
    retryOptions: { maxTries: 1 },
  });
  const failed = (error: unknown): unknown => storageFailure(error, 'read file', {});
  const content = await contentOf(file, 0, HEAD, failed, SILENT_MS).catch((error: unknown) => {
    throw failed(error);
  });
  const chunks: Uint8Array[] = [];
  for await (const chunk of content.body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Gives these pieces, one each so often, and ends, or stays silent after them. */
function slowly(pieces: readonly string[], everyMs: number, ends: boolean): WireResponse {
  return {
    status: 200,
    headers: HEADERS,
    stream: {
      open: (sink) => {
        const timers = pieces.map((piece, index) =>
          setTimeout(() => {
            sink.write(Buffer.from(piece));
            if (ends && index === pieces.length - 1) sink.end();
          }, index * everyMs),
        );
        return () => timers.forEach((timer) => clearTimeout(timer));
      },
    },
  };
}

test('a place that takes a request and never answers is given up', async () => {
  answer = () => new Promise(() => undefined);
  await expect(read()).rejects.toThrow(RetryableError);
});

test('one that falls silent within a file is given up', async () => {
  answer = () => Promise.resolve(slowly(['0123'], 0, false));
  await expect(read()).rejects.toThrow(RetryableError);
});

test('one that is slow, and never silent for so long, is read to the end', async () => {
  answer = () => Promise.resolve(slowly(['01', '23', '45', '67'], SILENT_MS / 2, true));
  expect(await read()).toBe('01234567');
});
