// GET /api/jobs/{id}/outputs/{attempt}/content: one file that an attempt left, whole where it is small, else by ranges.
import { app, type HttpHandler, type HttpRequest, type HttpResponseInit } from '@azure/functions';

import { MOST_OF_CONTENT, outputContentQuerySchema } from '../../api/outputs';
import type { Services } from '../../app/services';
import type { FileContent } from '../../domain/ports/files';
import { outputsOf } from '../../jobs/outputs/kept-files';
import { attemptWithOutputs, orOutputsProblem } from '../answers/outputs-of-attempt';
import { problem } from '../answers/problem';
import { withQuery } from '../answers/with-query';
import type { OutputServices } from './get-job-outputs';

export function registerGetOutputContent(services: Services): void {
  app.http('getOutputContent', {
    methods: ['GET'],
    authLevel: 'function',
    route: 'jobs/{id}/outputs/{attempt}/content',
    handler: outputContentHandler(services),
  });
}

export function outputContentHandler(services: OutputServices): HttpHandler {
  return withQuery(outputContentQuerySchema, (request, _context, { path }) =>
    getOutputContent(services, request, path),
  );
}

async function getOutputContent(
  services: OutputServices,
  request: HttpRequest,
  path: string,
): Promise<HttpResponseInit> {
  const { id = '', attempt = '' } = request.params;
  if (!ATTEMPT.test(attempt))
    return problem(404, 'No such attempt', `"${attempt.slice(0, 20)}" is no number of an attempt.`);
  const found = await attemptWithOutputs(services.jobs, id, Number(attempt));
  if (!found.ok) return found.problem;
  const range = rangeOf(request.headers.get('range'));
  if (range === 'bad')
    return problem(400, 'Bad range', 'Range must be bytes=FIRST- or bytes=FIRST-LAST, one range alone.');
  return orOutputsProblem(async () => {
    const { files, folder } = outputsOf(services, found.row);
    const content = await files.read([...folder, ...path.split('/')], range?.from ?? 0);
    if (content === undefined)
      return problem(404, 'No such output', `Attempt ${found.row.number} left no file "${path}".`);
    return answer(content, range);
  });
}

interface Range {
  readonly from: number;
  /** Excluded; Infinity: to the end. */
  readonly to: number;
}

const ATTEMPT = /^[1-9]\d{0,3}$/;
const RANGE = /^bytes=(\d{1,15})-(\d{0,15})$/;

function rangeOf(header: string | null): Range | 'bad' | undefined {
  if (header === null) return undefined;
  const [, first, last] = RANGE.exec(header) ?? [];
  if (first === undefined) return 'bad';
  const to = last === undefined || last === '' ? Infinity : Number(last) + 1;
  return to > Number(first) ? { from: Number(first), to } : 'bad';
}

async function answer(content: FileContent, range: Range | undefined): Promise<HttpResponseInit> {
  const { bytes, etag } = content;
  const common = { etag, 'accept-ranges': 'bytes' };
  if (range === undefined && bytes > MOST_OF_CONTENT)
    return problem(
      413,
      'Too large for one answer',
      `The file has ${bytes} bytes, and one answer carries ${MOST_OF_CONTENT}: ask by Range, such as bytes=0-.`,
      {},
      common,
    );
  if (range !== undefined && range.from >= bytes)
    return problem(
      416,
      'No such range',
      `The file has ${bytes} bytes.`,
      {},
      {
        ...common,
        'content-range': `bytes */${bytes}`,
      },
    );
  const from = range?.from ?? 0;
  const to = Math.min(range?.to ?? bytes, bytes, from + MOST_OF_CONTENT);
  return {
    status: range === undefined ? 200 : 206,
    headers: {
      ...common,
      'content-type': 'application/octet-stream',
      // A browser keeps it as a file; what the program wrote is never shown as a page of this address.
      'content-disposition': 'attachment',
      ...(range !== undefined && { 'content-range': `bytes ${from}-${to - 1}/${bytes}` }),
    },
    body: await bytesOf(content, to - from),
  };
}

/** No more is read than is asked for. */
async function bytesOf({ body }: FileContent, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= most) break;
  }
  return Buffer.concat(chunks).subarray(0, most);
}
