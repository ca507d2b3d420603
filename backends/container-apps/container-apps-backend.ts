// Azure Container Apps behind the backend port: a definition for each attempt, started once.
import type { PaceReport } from '../../domain/placement/pace';
import type { ComputeBackend } from '../../domain/ports/compute-backend';
import { createMemory } from '../memory';
import { appsOf, withinOneLook } from './calls/apps-of';
import { list } from './calls/list';
import { logStoreOf } from './calls/log-store';
import { logs } from './calls/logs';
import { lookAt } from './calls/look';
import { observationWithRows } from './calls/observation-with-rows';
import { prepare } from './calls/prepare';
import { createRemoval } from './calls/remove';
import { start } from './calls/start';
import { stopStrays } from './calls/stop-strays';
import { usages } from './calls/usages';
import type { ContainerAppsClients } from './cloud/clients';
import type { ContainerAppsPlacement } from './placement';

/** The most jobs whose executions are remembered between a look and the read of their log. */
const MOST_REMEMBERED = 1_000;

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
  const firsts = createMemory<string>(MOST_REMEMBERED);
  return {
    ...(logStore === undefined ? {} : { logStore }),
    prepare: (request) => prepare(apps, request),
    create: (request) => start(apps, request),
    observe: async (ref) => {
      const within = withinOneLook();
      const found = await lookAt(apps, ref, within);
      if (found.kind === 'unreadable') return found;
      await stopStrays(apps, ref.name, found.sight);
      const [first] = found.sight.executions;
      if (first !== undefined) firsts.set(ref.name, first.name);
      return observationWithRows(apps, ref, found, within);
    },
    logs: (ref) => logs(apps, ref, firsts.get(ref.name)),
    remove: createRemoval(apps),
    list: (owner) => list(apps, owner),
    usages: () => usages(apps, clientsOf),
  };
}
