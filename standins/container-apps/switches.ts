// What no source shows of the service: each question is a switch with an answer for either side, so that a client can
// be tried against both. docs/facts/container-apps.md#unknown lists them with what is known.
import { z } from 'zod';

/** Each member's comment says what is asked. The first word of each is the default. */
export const switchesSchema = z.strictObject({
  /** Does an execution that ended show an endTime? Recorded executions are running or stopped and have none. */
  endTime: z.enum(['shown', 'absent']).default('shown'),
  /** Does a stopped execution show an endTime? Not within the first 8 s (recorded). */
  stoppedEndTime: z.enum(['absent', 'shown']).default('absent'),
  /** Does `detailedStatus` keep its containers and their exit codes after the end, is it empty, or not there? */
  endedDetail: z.enum(['kept', 'empty', 'absent']).default('kept'),
  /** Does the GET of one execution show `detailedStatus`? It is recorded in lists only. */
  detailInGet: z.enum(['shown', 'absent']).default('shown'),
  /** Are `reason` and `message` of an ended execution filled, in the versions that have them? */
  reasonAndMessage: z.enum(['shown', 'absent']).default('shown'),
  /** What the container's line in `detailedStatus` says for a kill for memory. The system log says ProcessExited. */
  outOfMemoryWord: z.enum(['Error', 'OOMKilled']).default('Error'),
  /** What DELETE does to an execution that runs. */
  deleteWhileRunning: z.enum(['stops-executions', 'leaves-executions']).default('stops-executions'),
  /** What PUT or PATCH does to an execution that runs. */
  changeWhileRunning: z.enum(['leaves-executions', 'stops-executions']).default('leaves-executions'),
  /** PUT or PATCH while an earlier one is InProgress. Container apps refuse it with 409. */
  writeDuringWrite: z.enum(['accepted', 'refused']).default('accepted'),
  /** Start of a job whose definition is still InProgress. */
  startDuringWrite: z.enum(['accepted', 'refused']).default('accepted'),
  /** Start of a job that is being deleted. */
  startDuringDelete: z.enum(['refused', 'accepted']).default('refused'),
  /** The answer of start: 200 in all 174 recordings; the specification has 202 with a Location, too. */
  startAnswer: z.enum(['ok', 'accepted']).default('ok'),
  /** The answer of stop: 200 in all 39 recordings; the specification has 202 with a Location, too. */
  stopAnswer: z.enum(['empty', 'text', 'accepted']).default('empty'),
  /** Stop of an execution that has ended. */
  stopOfEnded: z.enum(['accepted', 'refused']).default('accepted'),
  /** When an image that can't be read is noticed: at the pull, or at PUT as with container apps. */
  imageCheck: z.enum(['at-pull', 'at-put']).default('at-pull'),
  /** The order of a list of executions. Newest first is reported of a printed table. */
  executionOrder: z.enum(['newest-first', 'oldest-first']).default('newest-first'),
  /** Entries of one page of a list, with nextLink; `whole`: one page, as recorded. */
  pageSize: z.union([z.literal('whole'), z.number().int().min(1)]).default('whole'),
  /** Are an execution's replicas shown after its end? */
  replicasAfterEnd: z.enum(['kept', 'gone']).default('kept'),
  /** What the log stream answers after its container's end: the last lines, or 404. */
  streamAfterEnd: z.enum(['kept', 'gone']).default('kept'),
  /** Is there an event stream at a job's address? Those of apps and of environments are recorded. */
  jobEvents: z.enum(['shown', 'absent']).default('shown'),
  /** Does a followed stream end by itself when the container ends? */
  followEnd: z.enum(['ends', 'stays-open']).default('ends'),
  /** Does the operation of a PUT that failed tell an error? The resource itself gives no reason (recorded). */
  failedOperation: z.enum(['without-error', 'with-error']).default('without-error'),
  /** The header that a DELETE answers with: Location as recorded, or Azure-AsyncOperation as in the example. */
  deleteAnswer: z.enum(['location', 'azure-asyncoperation']).default('location'),
  /** Who answers for a job that does not exist: the gateway since 2025, the provider in 2023. */
  jobNotFound: z.enum(['gateway', 'provider']).default('gateway'),
  /** `runningStatus` of three preview versions (recorded) is `runningState` in version 2026-07-01's types. */
  runningState: z.enum(['shown', 'absent']).default('shown'),
  /** Retry-After of a PUT: 5 s in 2023, not read since. Seconds, or none. */
  putRetryAfter: z.union([z.literal('none'), z.number().int().min(1)]).default('none'),
  /** Variables of the platform's own that an execution's template lists: none since 2025, one or three before. */
  shownVariables: z.enum(['none', 'job-name', 'all']).default('none'),
  /** Does the list of profile types name the serverless GPUs? No recorded one does. */
  listedGpuTypes: z.enum(['absent', 'shown']).default('absent'),
  /** Does a log line of the stream's JSON begin with `F `, the container runtime's mark? Seen both ways. */
  runtimeMark: z.enum(['kept', 'removed']).default('kept'),
  /** Rows that no `order by` tells apart, or that none orders: they come in either order (reported). */
  tiedRows: z.enum(['as-written', 'reversed']).default('as-written'),
  /** A query of a workspace without a row: 400 that names the table (reported), or 204, no body (documented). */
  emptyWorkspace: z.enum(['no-table', 'no-content']).default('no-table'),
});
export type Switches = Readonly<z.infer<typeof switchesSchema>>;

export const DEFAULT_SWITCHES: Switches = switchesSchema.parse({});
