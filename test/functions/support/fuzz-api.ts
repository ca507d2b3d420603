// Sends the app in memory requests of every kind and judges each answer by the API's description; for a process of
// plain node.
import fc from 'fast-check';
import { z } from 'zod';

import { OPERATIONS } from '../../../api/openapi/operations';
import { scheduleSchema } from '../../../domain/schedule/schedule';
import { submit } from '../../../jobs/job/submit';
import { anyCall } from './api-calls';
import { faultsOf } from './api-faults';
import { appInMemory } from './app-in-memory';

export const fuzzReportSchema = z.object({
  /** How often each operation gave each status. */
  statuses: z.record(z.string(), z.record(z.string(), z.number())),
  /** The first fault found: the request, and what was wrong with its answer. */
  fault: z.string().optional(),
});
export type FuzzReport = z.infer<typeof fuzzReportSchema>;

/** A schedule that no request can remove. */
const FIXED = scheduleSchema.parse({
  name: 'fixed',
  cron: '0 3 * * *',
  spec: { image: 'example/program:1' },
});

export async function fuzzApi({ seed, requests }: { seed: number; requests: number }): Promise<FuzzReport> {
  const { app, call } = await appInMemory([FIXED]);
  const made = await submit(app.ports, {
    spec: { image: 'example/program:1' },
    key: 'first',
    source: 'http',
  });
  if (made.kind !== 'accepted') throw new Error(`The first job was ${made.kind}.`);
  const known = {
    id: [made.jobId, 'j0000000000000000000'],
    name: ['nightly', FIXED.name],
    attempt: ['1', '2'],
    file: ['app.js'],
  };
  const statuses: Record<string, Record<string, number>> = {};
  const property = fc.asyncProperty(anyCall(known), async (request) => {
    const operation = OPERATIONS.find(({ id }) => id === request.id);
    if (operation === undefined) throw new Error(`No operation is called ${request.id}.`);
    const answered = await call(request);
    const counts = (statuses[request.id] ??= {});
    counts[answered.status] = (counts[answered.status] ?? 0) + 1;
    const faults = faultsOf(operation, answered);
    if (faults.length > 0) throw new Error(faults.join('; '));
  });
  const { failed, counterexample, errorInstance } = await fc.check(property, {
    seed,
    numRuns: requests,
    endOnFailure: true,
  });
  if (!failed) return { statuses };
  return { statuses, fault: `${JSON.stringify(counterexample)}: ${String(errorInstance)}` };
}
