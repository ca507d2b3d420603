// What a job has used once it is over and nothing of it is left: for sums over many jobs, which lists alone give.
import { z } from 'zod';

import type { AttemptRow } from '../attempt/attempt';
import type { JobRow } from '../job/job';
import { wasFree } from '../money/attempt-cost';
import { sumOf } from '../money/cost';
import type { JobRecords } from '../ports/job-store';

export const jobUsageSchema = z
  .object({
    startedAt: z.iso.datetime().optional().meta({
      description: 'when its program first started, as far as looks showed it; absent: none was seen to',
    }),
    runSeconds: z.number().nonnegative().meta({ description: 'for which its programs ran' }),
    gpuSeconds: z
      .number()
      .nonnegative()
      .meta({ description: 'the same, each attempt times the GPUs that it had' }),
    cost: z
      .object({ currency: z.string(), amount: z.number().nonnegative() })
      .optional()
      .meta({ description: 'an estimate by configured prices; absent: unknown' }),
  })
  .meta({ id: 'JobUsage', description: 'Of all attempts together.' });
type JobUsage = z.infer<typeof jobUsageSchema>;

/** Undefined while it may still change. */
export function jobUsage({ job: { row: job }, attempts }: JobRecords): JobUsage | undefined {
  const rows = attempts.map(({ row }) => row);
  if (job.state !== 'over' || rows.some(({ cleanup }) => cleanup !== 'gone')) return undefined;
  const runs = rows.flatMap((row) => runOf(row, job));
  const first = Math.min(...runs.map(({ from }) => from));
  const cost = costOf(rows);
  return {
    ...(runs.length === 0 ? {} : { startedAt: new Date(first).toISOString() }),
    runSeconds: sum(runs.map(({ ms }) => ms)) / 1000,
    gpuSeconds: sum(runs.map(({ ms, gpus }) => ms * gpus)) / 1000,
    ...(cost === undefined ? {} : { cost }),
  };
}

/** None where no look showed the program started. Where none showed its end, it ran until its workload was gone. */
function runOf(row: AttemptRow, job: JobRow): { from: number; ms: number; gpus: number }[] {
  const from = row.startedAt ?? row.phases.running;
  const to = row.endedAt ?? row.verdictAt ?? row.goneAt;
  if (from === undefined || to === undefined) return [];
  return [{ from, ms: Math.max(0, to - from), gpus: (row.gpu ?? job.plan?.gpu)?.count ?? 0 }];
}

function costOf(rows: readonly AttemptRow[]): JobUsage['cost'] {
  if (rows.some((row) => row.cost === undefined && !wasFree(row))) return undefined;
  const costs = rows.flatMap(({ cost }) =>
    cost === undefined ? [] : [{ ...cost, estimated: true as const }],
  );
  if (costs.length === 0 && rows.length > 0) return undefined;
  const { currency, amount } = sumOf(costs, false);
  return { currency, amount };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
