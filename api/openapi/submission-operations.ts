// The operations that take a document: submitting it, and showing what it says natively.
import { z } from 'zod';

import { submittedGroupSchema } from '../groups';
import { previewedSchema } from '../previews';
import {
  convertedSchema,
  documentQuerySchema,
  idempotencyHeadersSchema,
  nativeSpecSchema,
  submittedSchema,
} from '../submissions';
import { BAD_BODY, json, LOCATION, type Operation, refusal } from './operation';

const TAG = 'submissions';

/** The native document by its schema; the others are the platforms' own. */
const DOCUMENT = {
  description:
    'A native spec, an ACI YAML file, an ARM template (with `{ template, parameters }` around it where it has parameters) or a Kubernetes Job or Pod. The format is told from the document unless the query names it.',
  content: {
    'application/json': z.union([
      nativeSpecSchema,
      z.looseObject({}).meta({ description: 'another format, as JSON' }),
    ]),
    'application/yaml': z.string(),
    'text/yaml': z.string(),
    'text/plain': z.string(),
  },
} as const;

export const SUBMISSION_OPERATIONS: readonly Operation[] = [
  {
    id: 'submitJob',
    method: 'post',
    route: 'jobs',
    tag: TAG,
    summary: 'Submit a job, or a group of jobs where the spec has an array',
    query: documentQuerySchema,
    headers: idempotencyHeadersSchema,
    body: DOCUMENT,
    answers: {
      202: json(
        'The job, or the group of an array; the same one for the same key and spec.',
        z.union([submittedSchema, submittedGroupSchema]),
        LOCATION,
      ),
      ...BAD_BODY,
      409: refusal('The key has made another job or group.'),
    },
  },
  {
    id: 'convert',
    method: 'post',
    route: 'convert',
    tag: TAG,
    summary: 'Show a document as a native spec; makes no job',
    query: documentQuerySchema,
    body: DOCUMENT,
    answers: { 200: json('The spec, and what became of the rest.', convertedSchema), ...BAD_BODY },
  },
  {
    id: 'preview',
    method: 'post',
    route: 'preview',
    tag: TAG,
    summary:
      'Show what would become of a document: its spec, where it could run, at what price; makes no job',
    query: documentQuerySchema,
    body: DOCUMENT,
    answers: {
      200: json('The spec, and what each placement says of it, as of now.', previewedSchema),
      ...BAD_BODY,
    },
  },
];
