// What one measured start of the app gives.
import { z } from 'zod';

/** Milliseconds of processor time since the worker's process began, except `hostMs`. */
export const startTimes = z.object({
  /** When the load of the app began: Node, and the little program around the app. */
  beforeMs: z.number(),
  loadedMs: z.number(),
  /** When the first submission was answered. */
  submitMs: z.number(),
  /** When the first activity had finished. */
  activityMs: z.number(),
  /** The host's own process until then. It is the same program for each build. */
  hostMs: z.number(),
});
export type StartTimes = z.infer<typeof startTimes>;
