// Lists what is ours wherever placements are: each list once, though several placements may share it.
import { messageOf } from '../../domain/errors';
import type { Placement } from '../../domain/placement/placement';
import type { WorkloadList } from '../../domain/ports/compute-backend';
import type { Logger } from '../../domain/ports/logger';
import type { ComputePorts } from '../ports';

/** What it takes to list workloads: no storage. */
export interface ListPorts extends ComputePorts {
  readonly log: Logger;
}

export interface Lists {
  readonly had: readonly WorkloadList[];
  readonly failed: number;
}

/** The workloads of the deployment `ownerId`. */
export async function listWorkloads(ports: ListPorts, ownerId: string): Promise<Lists> {
  const lists = await Promise.all(
    oneForEachList(ports).map((placement) => listOne(ports, placement, ownerId)),
  );
  const had = lists.filter((list) => list !== undefined);
  return { had, failed: lists.length - had.length };
}

async function listOne(
  ports: ListPorts,
  placement: Placement,
  ownerId: string,
): Promise<WorkloadList | undefined> {
  try {
    return await ports.backendOf(placement.name).list(ownerId);
  } catch (error) {
    ports.log.warn(
      `The workloads of placement ${placement.name} can't be listed, none of them is deleted now: ${messageOf(error)}`,
    );
    return undefined;
  }
}

function oneForEachList(ports: ListPorts): Placement[] {
  const lists = new Map<string, Placement>();
  for (const placement of ports.placements) {
    const { inventory } = ports.factsOf(placement.name).scopes;
    if (!lists.has(inventory)) lists.set(inventory, placement);
  }
  return [...lists.values()];
}
