// The operations on what jobs leave in their outputs.
import { z } from 'zod';

import { jobPathSchema } from '../common';
import { outputContentQuerySchema, outputsPageSchema, outputsQuerySchema } from '../outputs';
import { BAD_QUERY, json, type Operation, refusal } from './operation';

const TAG = 'jobs';
const NO_OUTPUTS = {
  404: refusal('There is no such job, attempt or file, or the spec asks for no outputs.'),
  502: refusal('Where the outputs are refuses; the detail says why.'),
  503: refusal('Where the outputs are gives no answer now: ask again.'),
} as const;
const OF_CONTENT = {
  etag: { description: 'another one means another content', schema: z.string() },
  'accept-ranges': { description: 'bytes', schema: z.literal('bytes') },
} as const;
const contentRange = { description: 'bytes FIRST-LAST/SIZE', schema: z.string() };
const FILE = { 'application/octet-stream': undefined } as const;

export const OUTPUT_OPERATIONS: readonly Operation[] = [
  {
    id: 'getJobOutputs',
    method: 'get',
    route: 'jobs/{id}/outputs',
    tag: TAG,
    summary: 'What an attempt left in its outputs, a page at a time',
    description:
      'The list that was made when the attempt settled; before that, the folder as it is now. With late=true: how the folder differs from the list by now.',
    path: jobPathSchema,
    query: outputsQuerySchema,
    answers: { 200: json('A page of files.', outputsPageSchema), ...BAD_QUERY, ...NO_OUTPUTS },
  },
  {
    id: 'getOutputContent',
    method: 'get',
    route: 'jobs/{id}/outputs/{attempt}/content',
    tag: TAG,
    summary: 'One file that an attempt left, or a range of it',
    description:
      'One answer carries 8 MiB at most: a larger file is asked for by ranges, of which an answer may carry the beginning alone.',
    path: jobPathSchema.extend({ attempt: z.string().regex(/^[1-9]\d{0,3}$/) }),
    query: outputContentQuerySchema,
    headers: z.object({
      Range: z.string().optional().meta({ description: 'bytes=FIRST- or bytes=FIRST-LAST' }),
    }),
    answers: {
      200: { description: 'The whole file.', content: FILE, headers: OF_CONTENT },
      206: {
        description: 'The range, or its beginning.',
        content: FILE,
        headers: { ...OF_CONTENT, 'content-range': contentRange },
      },
      400: refusal('The query or the range is not what this operation takes.'),
      413: refusal('The file is larger than one answer, and no range was asked for.'),
      416: refusal('The file has no such range.'),
      ...NO_OUTPUTS,
    },
  },
];
