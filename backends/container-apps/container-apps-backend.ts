// Azure Container Apps behind the backend port: a definition for each attempt, started once.
import { messageOf, RunnerError } from '../../domain/errors';
import type { PaceReport } from '../../domain/placement/pace';
import type { ComputeBackend } from '../../domain/ports/compute-backend';
import { type Apps, appsOf } from './calls/apps-of';
import { list } from './calls/list';
import { logs } from './calls/logs';
import { isAlive, lookAt } from './calls/look';
import { prepare } from './calls/prepare';
import { createRemoval } from './calls/remove';
import { start } from './calls/start';
import { stop } from './calls/stop';
import { usages } from './calls/usages';
import type { ContainerAppsClients } from './cloud/clients';
import type { ContainerAppsPlacement } from './placement';
import { observationOf } from './reading/observation';
import type { ExecutionView } from './reading/sight';

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
  return {
    prepare: (request) => prepare(apps, request),
    create: (request) => start(apps, request),
    observe: async (ref) => {
      const found = await lookAt(apps, ref);
      if (found.kind === 'unreadable') return found;
      await stopOthers(apps, ref.name, found.sight.executions);
      return observationOf(found.sight);
    },
    logs: (ref) => logs(apps, ref),
    remove: createRemoval(apps),
    list: (owner) => list(apps, owner),
    usages: () => usages(apps, clientsOf),
  };
}

/** The first execution is the job's own; whatever was started beside it is a second run. */
async function stopOthers(apps: Apps, job: string, executions: readonly ExecutionView[]): Promise<void> {
  for (const { name } of executions.slice(1).filter(isAlive)) {
    try {
      await stop(apps, job, name);
    } catch (error) {
      // What was seen counts more than what could not be mended; the next look tries again.
      if (!(error instanceof RunnerError)) throw new Error(messageOf(error), { cause: error });
    }
  }
}
