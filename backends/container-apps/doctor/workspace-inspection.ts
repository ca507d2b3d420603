// Whether the Log Analytics workspace that a placement names can be read by this identity.
import { type Inspection, ok } from '../../../domain/backend/check';
import type { ContainerAppsClients } from '../cloud/clients';
import type { ContainerAppsPlacement } from '../placement';

/** No execution has this name: all begin with their job's. Only whether the workspace answers is asked. */
const NO_EXECUTION = 'doctor';

/**
 * None where the placement names no workspace. Whether the environment writes to it is the environment's inspection.
 * `now` in epoch milliseconds.
 */
export function workspaceInspections(
  { name, subscriptionId, workspaceId }: ContainerAppsPlacement,
  clientsOf: (subscriptionId: string) => ContainerAppsClients,
  now: number,
): readonly Inspection[] {
  if (workspaceId === undefined) return [];
  const called = `${name} workspace`;
  return [
    {
      name: called,
      todo: `Let this identity read it: az role assignment create --role "Log Analytics Reader" --assignee-object-id PRINCIPAL --assignee-principal-type ServicePrincipal --scope "$(az monitor log-analytics workspace list --query "[?customerId=='${workspaceId}'].id" --output tsv)". Where that finds no workspace, it is in another subscription or the placement's "workspaceId" is wrong.`,
      check: async () => {
        const { workspaces } = clientsOf(subscriptionId);
        await workspaces.systemRows({ workspaceId, execution: NO_EXECUTION, since: now });
        return ok(called, `workspace ${workspaceId} answers queries of this identity`);
      },
    },
  ];
}
