// Reads one file of a job's outputs by byte ranges: an answer carries no more than some megabytes.
import type { Send } from '../api/request';
import type { ReadBytes } from '../log/download';

interface OutputName {
  readonly id: string;
  readonly attempt: number;
  readonly path: string;
}

/** There is nothing from that byte on: the file is empty, or just so long. */
const NO_SUCH_RANGE = 416;

export function createOutputSource(send: Send, { id, attempt, path }: OutputName): ReadBytes {
  let version: string | undefined;
  return async ({ from }) => {
    const response = await send(`jobs/${id}/outputs/${attempt}/content`, {
      query: { path },
      headers: { range: `bytes=${from}-` },
      takes: [NO_SUCH_RANGE],
    });
    const etag = response.headers.get('etag') ?? undefined;
    // The rest of another version would make a file that never was.
    if (from > 0 && etag !== version) throw new Error(`${path} was written again while it was read.`);
    version = etag;
    if (response.status === NO_SUCH_RANGE) return { bytes: new Uint8Array(), isFinal: true };
    const bytes = new Uint8Array(await response.arrayBuffer());
    const size = Number(response.headers.get('content-range')?.split('/').at(-1));
    return { bytes, isFinal: from + bytes.length >= size };
  };
}
