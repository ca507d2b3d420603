// What is read of the objects of a cluster. Members that are not named here are ignored.
import { z } from 'zod';

/** RFC 3339, to the second; epoch milliseconds. */
const instant = z.string().transform((text, context) => {
  const at = Date.parse(text);
  if (!Number.isNaN(at)) return at;
  context.addIssue({ code: 'custom', message: `is no time: ${text.slice(0, 80)}` });
  return z.NEVER;
});
/** The API leaves out what is empty, or shows it as null. */
const maybe = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);

export const metadataSchema = z.object({
  name: z.string(),
  uid: z.string(),
  labels: maybe(z.record(z.string(), z.string())),
  annotations: maybe(z.record(z.string(), z.string())),
  creationTimestamp: maybe(instant),
  /** Of a pod: when its time to end is over. */
  deletionTimestamp: maybe(instant),
  deletionGracePeriodSeconds: maybe(z.number()),
  ownerReferences: maybe(z.array(z.object({ kind: z.string(), uid: z.string() }))),
});
export type Metadata = z.infer<typeof metadataSchema>;

const condition = z.object({
  type: z.string(),
  status: z.string(),
  reason: maybe(z.string()),
  message: maybe(z.string()),
});
export type Condition = z.infer<typeof condition>;

export const jobSchema = z.object({
  metadata: metadataSchema,
  spec: maybe(z.object({ suspend: maybe(z.boolean()) })),
  status: maybe(
    z.object({
      conditions: maybe(z.array(condition)),
      completionTime: maybe(instant),
      failed: maybe(z.number()),
      terminating: maybe(z.number()),
    }),
  ),
});
export type Job = z.infer<typeof jobSchema>;

const terminated = z.object({
  exitCode: z.number(),
  reason: maybe(z.string()),
  message: maybe(z.string()),
  startedAt: maybe(instant),
  finishedAt: maybe(instant),
});
export type Terminated = z.infer<typeof terminated>;

const state = z.object({
  waiting: maybe(z.object({ reason: maybe(z.string()), message: maybe(z.string()) })),
  running: maybe(z.object({ startedAt: maybe(instant) })),
  terminated: maybe(terminated),
});

const container = z.object({ restartCount: z.number(), state: maybe(state), lastState: maybe(state) });
export type Container = z.infer<typeof container>;

export const podSchema = z.object({
  metadata: metadataSchema,
  status: maybe(
    z.object({
      phase: maybe(z.string()),
      reason: maybe(z.string()),
      message: maybe(z.string()),
      conditions: maybe(z.array(condition)),
      containerStatuses: maybe(z.array(container)),
    }),
  ),
});
export type Pod = z.infer<typeof podSchema>;

export const eventSchema = z.object({
  type: maybe(z.string()),
  reason: maybe(z.string()),
  message: maybe(z.string()),
  involvedObject: z.object({ kind: maybe(z.string()), uid: maybe(z.string()) }),
});
export type Event = z.infer<typeof eventSchema>;

/** How the API tells of a failure. Not every failure is told so: some answers are plain text. */
export const statusSchema = z.object({
  status: maybe(z.string()),
  reason: maybe(z.string()),
  message: maybe(z.string()),
  details: maybe(z.object({ name: maybe(z.string()), kind: maybe(z.string()) })),
});
