// What can be made to go wrong, by name: the bodies of `POST /emulator/faults`.
import { z } from 'zod';

/** How many of the next calls it meets. */
const count = z.number().int().min(1).default(1);
const ms = z.number().min(0);

export const faultSchema = z.discriminatedUnion('kind', [
  /** The next PUTs of a job take so long; the worst of 773 took 215 s. */
  z.object({ kind: z.literal('slow-put'), count, ms: ms.default(215_000) }),
  /** The next PUTs of a job stay InProgress for good. */
  z.object({ kind: z.literal('stuck-put'), count }),
  /** The next PUTs of a job are accepted and fail. */
  z.object({ kind: z.literal('failed-put'), count }),
  /** The answer of the next such calls is lost; `effect`: whether the call takes effect all the same. */
  z.object({
    kind: z.literal('lost-answer'),
    of: z.enum(['put', 'start', 'stop', 'delete']),
    effect: z.boolean().default(true),
    count,
  }),
  /**
   * The next starts take effect so much later, even on a definition that is gone by then. Until then no list shows
   * them.
   */
  z.object({
    kind: z.literal('late-start'),
    count,
    ms,
    answer: z.enum(['ok', 'lost', 'refused']).default('ok'),
  }),
  /** The next starts make two executions; the answer names the first. */
  z.object({ kind: z.literal('second-execution'), count }),
  /** The next executions say Processing and never run anything. */
  z.object({ kind: z.literal('stuck-processing'), count }),
  /** The next executions say Running until their replicaTimeout although their containers have ended. */
  z.object({ kind: z.literal('stays-running'), count }),
  /** The next executions fail without having pulled their image: BackoffLimitExceeded, no exit code. */
  z.object({ kind: z.literal('platform-failure'), count }),
  /**
   * An execution is shown no more, by its name or the next ones to start. `programs`: what becomes of what it runs.
   */
  z.object({
    kind: z.literal('lost-execution'),
    execution: z.string().optional(),
    programs: z.enum(['end', 'run-on']).default('end'),
    count,
  }),
  /** Rows of the log tables come so much later; 0 ends it. `every`: each so-many-th of them, otherwise all. */
  z.object({ kind: z.literal('late-log-rows'), ms, every: z.number().int().min(1).optional() }),
  /** Each so-many-th row of the log tables comes twice, the second so much later; `every` 0 ends it. */
  z.object({ kind: z.literal('duplicate-log-rows'), every: z.number().int().min(0), afterMs: ms.optional() }),
  /** The next queries are refused: 403, 429 or 504. `seconds`: the Retry-After of a 429. */
  z.object({
    kind: z.literal('query-refused'),
    count,
    as: z.enum(['no-access', 'throttled', 'timeout']),
    seconds: z.number().int().min(0).default(30),
  }),
  /** The next queries are given up after so many rows: 200 with these and PartialError. */
  z.object({ kind: z.literal('partial-result'), count, rows: z.number().int().min(0) }),
  /** A result has so many rows and bytes at most; a larger one is cut, with PartialError. */
  z.object({
    kind: z.literal('result-limits'),
    rows: z.number().int().min(1).optional(),
    bytes: z.number().int().min(1).optional(),
  }),
  /** A region has so many GPUs of a type of profile left for us; replicas beyond that wait for a node. */
  z.object({ kind: z.literal('capacity'), profileType: z.string(), gpus: z.number().int().min(0) }),
  /** Another limit of one of an environment's usages. */
  z.object({ kind: z.literal('quota'), name: z.string(), limit: z.number().min(0) }),
  /** The next requests to ARM are answered 429. */
  z.object({ kind: z.literal('too-many-requests'), count, seconds: z.number().int().min(1).default(2) }),
  /** The next requests to ARM are answered 412 with an empty body. */
  z.object({ kind: z.literal('precondition-failed'), count }),
  /** Connections break. */
  z.object({ kind: z.literal('api-down'), forMs: ms }),
  /** Pulls take so many times as long; 1 ends it. */
  z.object({ kind: z.literal('slow-pulls'), factor: z.number().min(0) }),
]);

export type Fault = z.infer<typeof faultSchema>;
export type FaultKind = Fault['kind'];

/** The fault of one kind. */
export type FaultOf<Kind extends FaultKind> = Extract<Fault, { kind: Kind }>;
