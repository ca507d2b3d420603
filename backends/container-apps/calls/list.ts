// Lists the definitions of an owner in the placement's resource group.
import { RetryableError } from '../../../domain/errors';
import type { ListedWorkload, WorkloadList } from '../../../domain/ports/compute-backend';
import { listedWorkload } from '../../arm/resource-tags';
import type { Answer, Apps } from './apps-of';

/** Rejects when the list can't be had. */
export async function list(apps: Apps, owner: string): Promise<WorkloadList> {
  const { resourceGroup, name } = apps.placement;
  let serverTime: number | undefined;
  const onAnswer = ({ headers }: Answer): void => {
    serverTime ??= Date.parse(headers.get('date') ?? '');
  };
  const workloads: ListedWorkload[] = [];
  const { reading } = apps.clients();
  for await (const job of reading.jobs.listByResourceGroup(resourceGroup, apps.options('read', onAnswer))) {
    const listed = listedWorkload(job, owner, name);
    if (listed !== undefined) workloads.push(listed);
  }
  if (serverTime === undefined || Number.isNaN(serverTime))
    throw new RetryableError(`The list of ${resourceGroup} came without the server's time (Date header).`, {
      resourceGroup,
    });
  return { serverTime, workloads };
}
