// Jobs over HTTP: what the routes below /api/jobs take and answer.
import { z } from 'zod';

import { cleanupSchema } from '../domain/attempt/cleanup';
import { exitSourceSchema } from '../domain/attempt/exit-source';
import { groupIdSchema } from '../domain/group/group';
import { membershipSchema } from '../domain/group/member';
import { reasonSchema } from '../domain/job/failure-reason';
import { jobHeadSchema } from '../domain/job/job-head';
import { JOB_STATES } from '../domain/job/job-state';
import { passedOverSchema } from '../domain/job/passed-over';
import { CONTINUATION } from '../domain/lists/job-list-key';
import { jobSummarySchema } from '../domain/lists/job-summary';
import { attemptCostSchema, costSchema } from '../domain/money/cost';
import { instantQuerySchema, instantSchema, wholeNumber } from './common';
import { attemptLogSchema } from './logs';
import { attemptOutputsSummarySchema } from './outputs';
import { waitingSchema } from './waiting';

/** A state as people type it. */
export const anyCaseStateSchema = z.preprocess(
  (value) =>
    JOB_STATES.find((state) => typeof value === 'string' && state.toLowerCase() === value.toLowerCase()) ??
    value,
  z.enum(JOB_STATES, { error: `must be one of ${JOB_STATES.join(', ')}` }),
);

/** Labels that a job must all have. */
export const labelFilterSchema = z.record(z.string(), z.string()).refine((labels) => {
  const count = Object.keys(labels).length;
  return count > 0 && count <= 32;
}, 'must name 1 to 32 labels');

/** Fewer characters would fit too many ids, and all of them are the id itself. */
const ID_PREFIX = /^j[0-9a-z]{3,18}$/;

const attemptViewSchema = z
  .object({
    number: z.number().int(),
    placement: z.string(),
    backend: z.string().optional().meta({ description: "the placement's kind when it was admitted" }),
    region: z.string().optional().meta({ description: "the placement's region when it was admitted" }),
    phase: z.string(),
    reason: reasonSchema.optional(),
    lacking: reasonSchema.extend({ since: instantSchema }).meta({ id: 'Lacking' }).optional().meta({
      description:
        'what its workload, made and not up yet, waits for: a machine, a queue, a quota; since: when looks began to show it. Absent once it comes up',
    }),
    exitCode: z.number().int().optional(),
    exitSource: exitSourceSchema.optional().meta({
      description:
        "whose word exitCode is where the workload itself showed none: platform-log, the platform's own log; status-alone, a status that says success. Absent: the workload's own",
    }),
    startedAt: instantSchema.optional(),
    endedAt: instantSchema.optional(),
    cleanup: cleanupSchema,
    phases: z.record(z.string(), instantSchema).meta({ description: 'when each phase began' }),
    removalRequestedAt: instantSchema.optional(),
    goneAt: instantSchema.optional().meta({ description: 'when its workload was found gone' }),
    restartCount: z.number().int(),
    ranMoreThanOnce: z.literal(true).optional().meta({
      description:
        'the platform started the program again, though it may not; the result is that of the earliest end still visible',
    }),
    gpu: z
      .object({ count: z.number().int(), sku: z.string(), insteadOf: z.string().optional() })
      .optional()
      .meta({
        description: 'the GPU that it got; insteadOf names the SKU asked for where another stood in for it',
      }),
    resources: z
      .object({ cpu: z.number(), memoryGb: z.number() })
      .optional()
      .meta({ description: 'cores and GB of memory that it was given; absent: not known yet' }),
    archivingReason: reasonSchema
      .optional()
      .meta({ description: 'why the end of its log is missing; never changes the outcome' }),
    logBytes: z.number().int(),
    log: attemptLogSchema.optional().meta({
      description:
        'how whole its log is, where the platform may show less of a running program than it prints',
    }),
    restoredFrom: z
      .object({ attempt: z.number().int(), folder: z.string() })
      .optional()
      .meta({ description: 'the checkpoint of an earlier attempt that it was told to go on from' }),
    outputs: attemptOutputsSummarySchema
      .optional()
      .meta({ description: 'how many files it left; absent where the spec asks for no outputs' }),
    cost: attemptCostSchema
      .optional()
      .meta({ description: 'absent: unknown, for want of a price. Final once its workload is gone' }),
  })
  .meta({ id: 'Attempt' });
export type AttemptView = z.infer<typeof attemptViewSchema>;

/** An open object, so that readers accept fields of later versions of the spec. */
const shownSpecSchema = z.record(z.string(), z.unknown()).meta({
  description:
    'what was asked for, as a native spec without defaults and idempotencyKey; a literal secret is { "withheld": true }. Absent of what could not become a job, and of answers other than GET /api/jobs/{id}',
});

/** A job as the API shows it (docs/http-api.md). All instants are ISO 8601 in UTC. */
export const jobViewSchema = jobHeadSchema
  .extend({
    attempts: z.array(attemptViewSchema),
    passedOver: z
      .array(passedOverSchema)
      .optional()
      .meta({ description: 'placements of the spec that could not hold it when it was submitted, and why' }),
    image: z.string().optional(),
    gpu: z.object({ count: z.number().int(), sku: z.string().optional() }).optional(),
    labels: z.record(z.string(), z.string()),
    source: z.enum(['queue', 'http', 'schedule']),
    schedule: z.string().optional().meta({ description: 'the schedule that made the job' }),
    group: membershipSchema.optional().meta({ description: 'the group that it is a member of' }),
    deadlines: z
      .object({
        queued: z.number(),
        provisioning: z.number(),
        pulling: z.number(),
        running: z.number(),
        archiving: z.number(),
      })
      .optional()
      .meta({ description: 'seconds' }),
    createdAt: instantSchema,
    endedAt: instantSchema.optional(),
    logs: z.array(z.string()).meta({ description: 'one path for each attempt that has a log' }),
    cost: costSchema.optional().meta({ description: 'of all attempts' }),
    spec: shownSpecSchema.optional(),
    waiting: waitingSchema
      .optional()
      .meta({ description: 'only while it waits, in answers of GET /api/jobs/{id}' }),
  })
  .meta({ id: 'Job' });
export type JobView = z.infer<typeof jobViewSchema>;

export const jobListSchema = z
  .object({
    jobs: z.array(jobSummarySchema),
    continuation: z.string().optional().meta({ description: 'ask again with it for the next page' }),
  })
  .meta({ id: 'JobList' });

const MOST_JOBS_A_PAGE = 200;
export const continuationSchema = z
  .string()
  .regex(CONTINUATION, 'must be what the page before gave, unchanged')
  .meta({ description: 'from the page before; with the same filter' });

/**
 * In a query several values are one text, joined by commas. A parameter that comes twice reaches us in the same form.
 */
const listed = <Item extends z.ZodType>(item: Item, description: string) =>
  z
    .string()
    .min(1)
    .transform((text): unknown[] => text.split(','))
    .pipe(z.array(item).max(32))
    .optional()
    .meta({ description });

const labelsQuerySchema = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('must be a JSON object such as {"team":"vision","run":"7"}');
      return z.NEVER;
    }
  })
  .pipe(labelFilterSchema)
  .optional()
  .meta({ description: 'a JSON object: jobs with all of these labels' });

export const jobListQuerySchema = z.object({
  limit: wholeNumber(1, MOST_JOBS_A_PAGE).default(50),
  continuation: continuationSchema.optional(),
  state: listed(anyCaseStateSchema, 'one of these states, in any case: Failed,TimedOut'),
  label: z
    .string()
    .regex(/^[^=]+=/, 'must be name=value')
    .optional()
    .meta({ description: 'name=value: jobs with this label; labels takes several' }),
  labels: labelsQuerySchema,
  schedule: z.string().min(1).max(63).optional().meta({ description: 'made by this schedule' }),
  group: groupIdSchema.optional().meta({ description: 'members of this group, by their indexes' }),
  name: z.string().min(1).max(128).optional().meta({ description: "the job's own name, whole" }),
  placement: listed(z.string().min(1).max(63), 'the latest attempt is at one of these'),
  idPrefix: z
    .string()
    .regex(ID_PREFIX, 'must be the first 4 to 19 characters of an id')
    .optional()
    .meta({ description: 'the first 4 to 19 characters of the id; such a list is sorted by id' }),
  since: instantQuerySchema.optional().meta({ description: 'submitted then or later' }),
  until: instantQuerySchema.optional().meta({ description: 'submitted before then' }),
});

/** Seconds. It is short because hosts and proxies cut requests that take minutes. */
const MAX_WAIT_S = 60;

export const jobQuerySchema = z.object({
  wait: wholeNumber(0, MAX_WAIT_S).default(0).meta({
    description:
      'with If-None-Match: seconds to wait for a change; without that header the answer comes at once',
  }),
});

export const jobLogsQuerySchema = z.object({
  from: wholeNumber(0, Number.MAX_SAFE_INTEGER).optional().meta({ description: 'byte offset; default 0' }),
  tail: wholeNumber(0, 1_000_000).optional().meta({
    description: 'instead of from: so many lines before the end, looked for in the last 4 MiB',
  }),
  wait: wholeNumber(0, MAX_WAIT_S).default(0).meta({ description: 'seconds to wait for bytes beyond from' }),
  attempt: wholeNumber(0, 9999).optional().meta({ description: 'default: the current attempt' }),
  generation: wholeNumber(1, 9999).default(1).meta({
    description:
      "1: the log as it was shown while the program ran; the attempt's log names the one that is whole. Offsets are those of one generation",
  }),
});
