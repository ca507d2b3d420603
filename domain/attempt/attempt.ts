// The row that is the truth about one attempt: who drives it, what was tried, what was seen, how it ended.
import { z } from 'zod';

import type { BackendFacts } from '../backend/backend-facts';
import { reasonSchema } from '../job/failure-reason';
import { verdictSchema } from '../job/outcome';
import { logCompletionSchema } from '../logs/log-completion';
import { finalCostSchema } from '../money/cost';
import { attemptOutputsSchema } from '../outputs/attempt-outputs';
import { gpuCountSchema } from '../spec/gpu';
import { givenResourcesSchema } from '../spec/resources';
import { exitSourceSchema } from './exit-source';

const instant = z.number().int().nonnegative();

const PHASES = ['provisioning', 'pulling', 'running', 'archiving'] as const;
export type Phase = (typeof PHASES)[number];

/**
 * Whether a create may have been sent. `set` carries the nonce of the one execution that may send it;
 * `closed` means that none was and none will be.
 */
const intentSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('set'), nonce: z.string(), at: instant }),
  z.object({ kind: z.literal('closed') }),
]);

export const attemptRowSchema = z.object({
  jobId: z.string(),
  number: z.number().int().positive(),
  placement: z.string(),
  /** The placement's kind of compute when the attempt was admitted; absent in rows of earlier versions. */
  backend: z.string().optional(),
  /** Its region at that time; absent too where its backend has none. */
  region: z.string().optional(),
  /** Only rises. */
  epoch: z.number().int().positive(),
  heartbeat: instant,
  intent: intentSchema,
  /** What the PUT itself was answered. */
  answer: z.enum(['unknown', 'accepted', 'refused']),
  /** The text of an answer that neither accepts the create nor says why it is refused. */
  answerWhy: z.string().optional(),
  /** A read has shown the workload. Never false again. */
  seen: z.boolean(),
  /** A read has shown the program started. Never false again. In older rows it may only have started. */
  startShown: z.boolean(),
  /**
   * True: a read could not tell whether the program has started, and no later one has denied it. False: its run has
   * ended, and a read denied that it ever started (program-start.ts).
   */
  startPossible: z.boolean().optional(),
  verdict: verdictSchema.optional(),
  /** Forward only; back from `gone` to `requested` only when the name reappears. */
  cleanup: z.enum(['none', 'due', 'requested', 'gone']),
  /** A mark beside the cleanup: its removal takes longer than it should. */
  overdueSince: instant.optional(),

  admittedAt: instant,
  /** When the story promised to have looked again. The sweep takes the attempt over if the story is silent longer. */
  nextBy: instant,
  phase: z.enum(PHASES),
  phaseSince: instant,
  /** When each phase began, for people. */
  phases: z.partialRecord(z.enum(PHASES), instant),
  absentSince: instant.optional(),
  absentCount: z.number().int().nonnegative(),
  /**
   * The last read showed that the image could not be pulled or the program not started. It counts when two reads in a
   * row show it.
   */
  startTroubleShown: z.boolean(),
  /**
   * What the last look that showed the workload says that it still waits for, and since when looks say so with this
   * code. Absent once it comes up or has a verdict.
   */
  lacking: reasonSchema.extend({ since: instant }).optional(),
  /** When the program ended or failed to, by the first read that showed it. */
  verdictAt: instant.optional(),
  deleteSentAt: instant.optional(),
  removalRequestedAt: instant.optional(),
  /** When the workload was found gone, for people. */
  goneAt: instant.optional(),
  /** When the first call of a create that is two calls was about to be sent: something may be left to remove since. */
  preparedAt: instant.optional(),
  /** The tags' instants, as the create sent them. */
  createdAt: instant.optional(),
  expiresAt: instant.optional(),
  /** Which run the looks show, in the platform's own name. */
  run: z.string().optional(),
  /** The program's own times, as the platform reports them. */
  startedAt: instant.optional(),
  endedAt: instant.optional(),
  restartCount: z.number().int().nonnegative(),
  /**
   * The platform started the program again although it must not. The verdict goes by the earliest end that is still
   * visible.
   */
  ranMoreThanOnce: z.boolean().optional(),
  /** It is the probe: it was admitted to try whether the SKU can be had again (capacity.ts). */
  probe: z.literal(true).optional(),
  /**
   * The GPU that admission chose and the create asks for. `insteadOf` names the spec's GPU where this one stands in for
   * it.
   */
  gpu: z.object({ count: gpuCountSchema, sku: z.string(), insteadOf: z.string().optional() }).optional(),
  /** CPU and memory that admission reckoned with and the create asks for; absent in rows of earlier versions. */
  resources: givenResourcesSchema.optional(),
  /** Whose word its exit code is, where its workload showed none. */
  exitSource: exitSourceSchema.optional(),
  /** Why the log's end is missing from the archive; set when its deadline passed (money beats logs). */
  archivingReason: reasonSchema.optional(),
  /** How far its log is completed from a fuller source; absent where there is no question of that. */
  logCompletion: logCompletionSchema.optional(),
  /** How far the list of its outputs is; absent where the spec asks for none. */
  outputs: attemptOutputsSchema.optional(),
  /** They are uploaded to the job's output container; absent: they are on a volume of its placement. */
  outputsBy: z.literal('url').optional(),
  /** The checkpoint that it was told to go on from: a folder of an earlier attempt. */
  restoredFrom: z.object({ attempt: z.number().int().positive(), folder: z.string() }).optional(),
  /** What it cost, since its workload is gone (gone.ts); absent: unknown, or not gone yet. */
  cost: finalCostSchema.optional(),
  /** Bytes in the log archive. */
  logBytes: z.number().int().nonnegative(),
});
export type AttemptRow = z.infer<typeof attemptRowSchema>;

/** The first row of an attempt, as admission inserts it: epoch 1, nothing tried. */
export function admittedAttempt(of: {
  jobId: string;
  number: number;
  placement: string;
  /** Of the placement, as it is configured now. */
  facts: Pick<BackendFacts, 'kind' | 'region'>;
  now: number;
  promiseMs: number;
  gpu?: AttemptRow['gpu'];
  resources?: AttemptRow['resources'];
  probe?: boolean;
}): AttemptRow {
  return {
    jobId: of.jobId,
    number: of.number,
    placement: of.placement,
    backend: of.facts.kind,
    ...(of.facts.region === undefined ? {} : { region: of.facts.region }),
    epoch: 1,
    heartbeat: of.now,
    intent: { kind: 'none' },
    answer: 'unknown',
    seen: false,
    startShown: false,
    cleanup: 'none',
    admittedAt: of.now,
    nextBy: of.now + of.promiseMs,
    phase: 'provisioning',
    phaseSince: of.now,
    phases: { provisioning: of.now },
    absentCount: 0,
    startTroubleShown: false,
    restartCount: 0,
    logBytes: 0,
    ...(of.gpu === undefined ? {} : { gpu: of.gpu }),
    ...(of.resources === undefined ? {} : { resources: of.resources }),
    ...(of.probe === true ? { probe: true } : {}),
  };
}

/**
 * The row in a later phase, entered at `now`. For the same or an earlier phase the row stays unchanged, so no clock
 * starts twice.
 */
export function enterPhase(row: AttemptRow, phase: Phase, now: number): AttemptRow {
  if (PHASES.indexOf(phase) <= PHASES.indexOf(row.phase)) return row;
  return { ...row, phase, phaseSince: now, phases: { ...row.phases, [phase]: now } };
}
