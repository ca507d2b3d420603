// The operations below /api/jobs that read, cancel and submit again.
import { z } from 'zod';

import { canceledJobsSchema, cancelJobsSchema } from '../cancel-jobs';
import { jobPathSchema } from '../common';
import {
  jobListQuerySchema,
  jobListSchema,
  jobLogsQuerySchema,
  jobQuerySchema,
  jobViewSchema,
} from '../jobs';
import { attemptLogSchema } from '../logs';
import { resubmitJobSchema, resubmitJobsSchema, resubmittedJobsSchema } from '../resubmit-jobs';
import { idempotencyHeadersSchema, submittedSchema } from '../submissions';
import { BAD_BODY, BAD_QUERY, json, LOCATION, NO_SUCH_JOB, type Operation, refusal } from './operation';

const TAG = 'jobs';
const TOO_MANY = {
  429: refusal('Too many requests wait already: ask again later, or without wait.'),
} as const;
const ETAG = { etag: { description: 'changes whenever the job does', schema: z.string() } };

export const JOB_OPERATIONS: readonly Operation[] = [
  {
    id: 'listJobs',
    method: 'get',
    route: 'jobs',
    tag: TAG,
    summary: 'Jobs, newest first, a page at a time',
    description:
      'Jobs that fit everything that is given. By several properties at once a page may hold fewer jobs than limit, even none, and still have a continuation.',
    query: jobListQuerySchema,
    answers: { 200: json('A page of jobs.', jobListSchema), ...BAD_QUERY },
  },
  {
    id: 'getJob',
    method: 'get',
    route: 'jobs/{id}',
    tag: TAG,
    summary: 'One job; with If-None-Match and wait, its next change',
    path: jobPathSchema,
    query: jobQuerySchema,
    headers: z.object({
      'If-None-Match': z.string().optional().meta({ description: 'an ETag from before' }),
    }),
    answers: {
      200: json('The job.', jobViewSchema, ETAG),
      304: { description: 'The job is what the ETag says.', headers: ETAG },
      ...BAD_QUERY,
      ...NO_SUCH_JOB,
      ...TOO_MANY,
    },
  },
  {
    id: 'getJobLogs',
    method: 'get',
    route: 'jobs/{id}/logs',
    tag: TAG,
    summary: 'The archived log of an attempt, from a byte offset',
    description:
      'The body is what the program printed and nothing else; where reading goes on and which ranges are missing stands in headers.',
    path: jobPathSchema,
    query: jobLogsQuerySchema,
    answers: {
      200: {
        description: 'The bytes from the offset on; none when there are none (yet).',
        content: { 'text/plain': z.string() },
        headers: {
          'x-log-from': { description: 'byte offset of the first byte', schema: z.string().regex(/^\d+$/) },
          'x-log-next': { description: 'byte offset to go on from', schema: z.string().regex(/^\d+$/) },
          'x-log-final': { description: 'whether nothing follows, ever', schema: z.enum(['true', 'false']) },
          'x-log-gaps': {
            description: 'what is missing before or among these bytes: a JSON list',
            schema: z.string(),
          },
          'x-log-generation': { description: 'the generation read', schema: z.string().regex(/^\d+$/) },
          'x-log-state': {
            description: 'absent where there is no question of it: whether the whole log is to be had',
            schema: attemptLogSchema.shape.state,
          },
          'x-log-fuller': {
            description: 'absent where there is none: the generation that is the whole log',
            schema: z.string().regex(/^\d+$/),
          },
        },
      },
      ...BAD_QUERY,
      ...NO_SUCH_JOB,
      ...TOO_MANY,
    },
  },
  {
    id: 'cancelJob',
    method: 'post',
    route: 'jobs/{id}/cancel',
    tag: TAG,
    summary: 'End a job in any state',
    description: 'May be repeated; a job that is over stays what it is.',
    path: jobPathSchema,
    answers: { 202: json('The job as it stands.', jobViewSchema), ...NO_SUCH_JOB },
  },
  {
    id: 'cancelJobs',
    method: 'post',
    route: 'jobs/cancel',
    tag: TAG,
    summary: 'End all jobs that are not over, or those that fit everything that is given',
    body: { description: 'Which jobs.', content: { 'application/json': cancelJobsSchema } },
    answers: { 202: json('The jobs that were asked to end.', canceledJobsSchema), ...BAD_BODY },
  },
  {
    id: 'resubmitJob',
    method: 'post',
    route: 'jobs/{id}/resubmit',
    tag: TAG,
    summary: 'A new job from one that is over, changed where overrides say so',
    path: jobPathSchema,
    headers: idempotencyHeadersSchema,
    body: {
      description: 'What is to be otherwise; may be left out.',
      required: false,
      content: { 'application/json': resubmitJobSchema },
    },
    answers: {
      202: json('The new job.', submittedSchema, LOCATION),
      400: refusal(
        'The body is not what this operation takes; or what was kept of the job, with the overrides, can not become one: each literal secret that is missing is named.',
      ),
      ...NO_SUCH_JOB,
      413: refusal('The body is larger than 256 KiB.'),
      409: refusal('The job is not over, or the key has made another job.'),
    },
  },
  {
    id: 'resubmitJobs',
    method: 'post',
    route: 'jobs/resubmit',
    tag: TAG,
    summary: 'New jobs from those that ended in a state',
    headers: idempotencyHeadersSchema,
    body: { description: 'Which jobs.', content: { 'application/json': resubmitJobsSchema } },
    answers: { 202: json('What became of each job.', resubmittedJobsSchema), ...BAD_BODY },
  },
];
