// The messages between a runtime and a program's warden: one JSON object a line.
import { z } from 'zod';

export const wardenOrderSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('run'),
    file: z.string(),
    args: z.array(z.string()),
    environment: z.record(z.string(), z.string()),
    /** Where the program starts; left out: in its temporary folder. */
    folder: z.string().optional(),
  }),
  /** SIGTERM now, SIGKILL after `graceMs`; of 0, SIGKILL now. Closing the line instead kills at once. */
  z.object({ kind: z.literal('stop'), graceMs: z.number() }),
]);
export type WardenOrder = z.infer<typeof wardenOrderSchema>;

export const wardenReportSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started'), pid: z.number() }),
  z.object({ kind: z.literal('not-started'), why: z.string() }),
  z.object({ kind: z.literal('exited'), exitCode: z.number() }),
]);
export type WardenReport = z.infer<typeof wardenReportSchema>;
