// Whether the Log Analytics workspace that a placement names can be read by this identity, and what to do where not.
import { type Inspection, ok } from '../../../domain/backend/check';
import { messageOf, RetryableError } from '../../../domain/errors';
import type { ContainerAppsClients } from '../cloud/clients';
import { environmentParts } from '../environment-id';
import type { ContainerAppsPlacement } from '../placement';

/** No execution has this name: all begin with their job's. Only whether the workspace answers is asked. */
const NO_EXECUTION = 'doctor';

/**
 * None where the placement names no workspace. Whether the environment writes to it is the environment's inspection.
 * `now` in epoch milliseconds.
 */
export function workspaceInspections(
  placement: ContainerAppsPlacement,
  clientsOf: (subscriptionId: string) => ContainerAppsClients,
  now: number,
): readonly Inspection[] {
  const { name, subscriptionId, workspaceId } = placement;
  if (workspaceId === undefined) return [];
  const called = `${name} workspace`;
  return [
    {
      name: called,
      todo: NOT_ANSWERED,
      check: async () => {
        const { workspaces } = clientsOf(subscriptionId);
        try {
          await workspaces.systemRows({ workspaceId, execution: NO_EXECUTION, since: now });
          return ok(called, `workspace ${workspaceId} answers queries of this identity`);
        } catch (error) {
          if (!(error instanceof RetryableError)) throw error;
          const todo = mends(error.facts['status'], placement, workspaceId);
          return { name: called, standing: 'failed', detail: messageOf(error), todo };
        }
      },
    },
  ];
}

const NOT_ANSWERED =
  'Check that this machine reaches the endpoint of workspaces (GPU_JOBS_LOGS_ENDPOINT; by default https://api.loganalytics.io), and that a sign-in works: az account get-access-token --resource https://api.loganalytics.io. A workspace that is open to a private network alone refuses others: az monitor log-analytics workspace show --workspace-name NAME --resource-group GROUP --query publicNetworkAccessForQuery.';

/** What the statuses mean: docs/facts/container-apps.md#query-errors. */
function mends(status: unknown, placement: ContainerAppsPlacement, workspaceId: string): string {
  switch (status) {
    case undefined:
      return NOT_ANSWERED;
    case 401:
      return 'The token is none for this endpoint: GPU_JOBS_LOGS_ENDPOINT must be that of the cloud that this identity is of, by default https://api.loganalytics.io.';
    case 403:
      return `Let this identity read it: az role assignment create --role "Log Analytics Reader" --assignee-object-id PRINCIPAL --assignee-principal-type ServicePrincipal --scope "$(az monitor log-analytics workspace list --query "[?customerId=='${workspaceId}'].id" --output tsv)". A new grant may take an hour.`;
    case 404:
      return `No workspace has the id ${workspaceId}, or it was deleted. Set the placement's "workspaceId" to the one that its environment writes to: ${writtenTo(placement)}`;
    case 429:
      return 'Others query this workspace often: ask again in a minute.';
    default:
      return 'The service had trouble: ask again, and look at https://status.azure.com where it goes on.';
  }
}

function writtenTo(placement: ContainerAppsPlacement): string {
  const { resourceGroup, name, subscriptionId } = environmentParts(placement);
  return `az containerapp env show --resource-group ${resourceGroup} --name ${name} --subscription ${subscriptionId} --query properties.appLogsConfiguration.logAnalyticsConfiguration.customerId`;
}
