// What one run tells the process of its tests: by the environment, as one JSON.
import { z } from 'zod';

/** The variable that the tests read. */
export const RUN_VARIABLE = 'GPU_JOBS_REAL_CLUSTER_RUN';

const runSchema = z.strictObject({
  kubeconfig: z.string(),
  /** Names the run in the labels of its namespaces. */
  id: z.string(),
  settings: z.strictObject({
    image: z.string().optional(),
    untilRunning: z.number(),
    runs: z.number(),
    noLogs: z.string().optional(),
  }),
});
export type Run = z.infer<typeof runSchema>;

/** Throws an Error where the tests were not started by `npm run real-cluster`. */
export function readRun(environment: Readonly<Record<string, string | undefined>>): Run {
  const text = environment[RUN_VARIABLE];
  if (text === undefined) throw new Error('Start these tests with "npm run real-cluster".');
  return runSchema.parse(JSON.parse(text));
}
