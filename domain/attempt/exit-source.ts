// Whose word an exit code is, where the workload itself shows none.
import { z } from 'zod';

/** `platform-log`: the platform's own log of the workload. `status-alone`: a status that says success, and no more. */
export const exitSourceSchema = z.enum(['platform-log', 'status-alone']);
export type ExitSource = z.infer<typeof exitSourceSchema>;
