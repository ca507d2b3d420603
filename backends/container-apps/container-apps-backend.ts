// Azure Container Apps behind the backend port: a definition for each attempt, started once.
import type { PaceReport } from '../../domain/placement/pace';
import type { ComputeBackend } from '../../domain/ports/compute-backend';
import { appsOf } from './calls/apps-of';
import { list } from './calls/list';
import { logStoreOf } from './calls/log-store';
import { logs } from './calls/logs';
import { lookAt } from './calls/look';
import { prepare } from './calls/prepare';
import { createRemoval } from './calls/remove';
import { start } from './calls/start';
import { stopStrays } from './calls/stop-strays';
import { usages } from './calls/usages';
import type { ContainerAppsClients } from './cloud/clients';
import type { ContainerAppsPlacement } from './placement';
import { observationOf } from './reading/observation';

/**
 * `clientsOf` is called at the first request, so that the SDK loads only when it is needed. `onPace` receives what each
 * answer says about the rate of requests.
 */
export function createContainerAppsBackend(
  placement: ContainerAppsPlacement,
  clientsOf: (subscriptionId: string) => ContainerAppsClients,
  onPace: (report: PaceReport) => void = () => undefined,
): ComputeBackend {
  const apps = appsOf(placement, () => clientsOf(placement.subscriptionId), onPace);
  const logStore = logStoreOf(apps);
  return {
    ...(logStore === undefined ? {} : { logStore }),
    prepare: (request) => prepare(apps, request),
    create: (request) => start(apps, request),
    observe: async (ref) => {
      const found = await lookAt(apps, ref);
      if (found.kind === 'unreadable') return found;
      await stopStrays(apps, ref.name, found.sight);
      return observationOf(found.sight);
    },
    logs: (ref) => logs(apps, ref),
    remove: createRemoval(apps),
    list: (owner) => list(apps, owner),
    usages: () => usages(apps, clientsOf),
  };
}
