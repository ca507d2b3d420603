// What a platform counts of GPUs where placements share quotas, beside what is held in all of them.
import { gpuCounts, type GpuUsage, gpuUsage as usageOf } from '../../domain/placement/unaccounted';
import type { Versioned } from '../../domain/ports/job-store';
import type { PlacementRow, PlacementStore } from '../../domain/ports/placement-store';
import type { ComputePorts } from '../ports';

export interface ReadUsage extends GpuUsage {
  /** The row of the first placement. It keeps what is unaccounted for. */
  readonly record: Versioned<PlacementRow>;
}

/** The placements with the same quotas, by the order of the configuration; each list has at least one. */
export function quotaScopes({ placements, factsOf }: ComputePorts): string[][] {
  const scopes = new Map<string, string[]>();
  for (const { name } of placements) {
    const { quota } = factsOf(name).scopes;
    scopes.set(quota, [...(scopes.get(quota) ?? []), name]);
  }
  return [...scopes.values()];
}

/**
 * Undefined where no quota tells, or none could be read. The rows are read after the quotas: a place that is freed
 * meanwhile is missing, and the next reading shows that it was no more than that.
 */
export async function gpuUsage(
  ports: ComputePorts,
  rows: PlacementStore,
  scope: readonly string[],
): Promise<ReadUsage | undefined> {
  const counts = ports.placements
    .filter(({ name }) => scope.includes(name))
    .flatMap(({ name, gpus }) => gpuCounts(gpus, ports.factsOf(name)));
  const [first] = scope;
  if (first === undefined || counts.every(({ ours }) => ours === undefined)) return undefined;
  const { reading, failure } = (await ports.quotas?.current(first)) ?? {};
  if (reading === undefined || failure !== undefined) return undefined;
  const records = await Promise.all(scope.map((name) => rows.read(name)));
  const [record] = records;
  const usage = usageOf(
    counts,
    reading.usages,
    records.flatMap(({ row }) => Object.values(row.holders)),
  );
  return usage === undefined || record === undefined ? undefined : { ...usage, record };
}
