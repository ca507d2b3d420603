// A job's outputs over HTTP: the list that was made when an attempt settled, and what a file holds, by byte offset.
import { type OutputsPage, outputsPageSchema } from '../api/outputs';
import { UnexpectedAnswerError } from './errors';
import { jobPath } from './jobs-client';
import type { Transport } from './transport';

interface OutputsOptions {
  /** Default: the current attempt. */
  readonly attempt?: number | undefined;
  /** Instead of the list: how the folder differs from it by now. */
  readonly late?: true | undefined;
  /** Of files in one page. */
  readonly limit?: number | undefined;
  readonly continuation?: string | undefined;
}

/** Some bytes of an output. */
export interface OutputSlice {
  readonly bytes: Uint8Array;
  /** Of the whole file. */
  readonly size: number;
  /** Two slices with the same tag are of the same content. */
  readonly etag: string;
}

export interface OutputsClient {
  /** One page, by path. Rejects with an ApiError of status 404 when there is no such job or attempt. */
  page(id: string, options?: OutputsOptions): Promise<OutputsPage>;
  /** All pages, one after the other as they are asked for. */
  pages(id: string, options?: Omit<OutputsOptions, 'continuation'>): AsyncGenerator<OutputsPage, void>;
  /**
   * Bytes from `from` on, as many as one answer carries; none where the file ends there. Rejects with an ApiError of
   * status 404 when there is no such file (any more).
   */
  slice(id: string, file: { attempt: number; path: string; from: number }): Promise<OutputSlice>;
}

// `bytes 0-9/100`; of a range that begins at the end, an asterisk stands before the slash (RFC 9110 §14.4).
const CONTENT_RANGE = /^bytes (?:\d+-\d+|\*)\/(\d+)$/;

export function createOutputsClient(transport: Transport): OutputsClient {
  const page = (id: string, { late, ...options }: OutputsOptions = {}): Promise<OutputsPage> =>
    transport.ask(
      {
        method: 'GET',
        path: `${jobPath(id)}/outputs`,
        query: { ...options, late: late === true ? 'true' : undefined },
      },
      outputsPageSchema,
    );
  return {
    page,
    pages: async function* (id, options = {}) {
      for (let continuation: string | undefined; ;) {
        const found = await page(id, { ...options, continuation });
        yield found;
        continuation = found.continuation;
        if (continuation === undefined) return;
      }
    },
    slice: async (id, { attempt, path: file, from }) => {
      const path = `${jobPath(id)}/outputs/${attempt}/content`;
      const response = await transport.send({
        method: 'GET',
        path,
        query: { path: file },
        headers: { accept: 'application/octet-stream, application/problem+json', range: `bytes=${from}-` },
        alsoAnswers: [RANGE_NOT_SATISFIABLE],
      });
      const [, size] = CONTENT_RANGE.exec(response.headers.get('content-range') ?? '') ?? [];
      const etag = response.headers.get('etag');
      if (size === undefined || etag === null)
        throw new UnexpectedAnswerError(`GET ${path}`, 'no content-range or no etag');
      const body = new Uint8Array(await response.arrayBuffer());
      const bytes = response.status === RANGE_NOT_SATISFIABLE ? new Uint8Array() : body;
      return { bytes, size: Number(size), etag };
    },
  };
}

const RANGE_NOT_SATISFIABLE = 416;
