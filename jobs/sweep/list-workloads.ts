// Lists what is ours wherever placements are: each resource group once, though several placements may share it.
import { messageOf } from '../../domain/errors';
import type { Placement } from '../../domain/placement/placement';
import type { WorkloadList } from '../../domain/ports/compute-backend';
import type { Ports } from '../ports';

export type ListPorts = Pick<Ports, 'owner' | 'placements' | 'backendOf' | 'log'>;

export interface Lists {
  readonly had: readonly WorkloadList[];
  readonly failed: number;
}

export async function listWorkloads(ports: ListPorts): Promise<Lists> {
  const owner = await ports.owner.get();
  const lists = await Promise.all(
    oneForEachGroup(ports.placements).map((placement) => listOne(ports, placement, owner.id)),
  );
  const had = lists.filter((list) => list !== undefined);
  return { had, failed: lists.length - had.length };
}

async function listOne(
  ports: ListPorts,
  placement: Placement,
  owner: string,
): Promise<WorkloadList | undefined> {
  try {
    return await ports.backendOf(placement.name).list(owner);
  } catch (error) {
    ports.log.warn(
      `The workloads of placement ${placement.name} can't be listed, none of them is deleted now: ${messageOf(error)}`,
    );
    return undefined;
  }
}

function oneForEachGroup(placements: readonly Placement[]): Placement[] {
  const groups = new Map<string, Placement>();
  for (const placement of placements) {
    const group = [placement.backend, placement.subscriptionId, placement.resourceGroup]
      .join('/')
      .toLowerCase();
    if (!groups.has(group)) groups.set(group, placement);
  }
  return [...groups.values()];
}
