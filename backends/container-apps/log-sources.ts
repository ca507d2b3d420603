// Where a log on Container Apps comes from: the stream while the program runs, the workspace afterwards.
import type { LogSources } from '../../domain/logs/log-sources';
import type { ContainerAppsPlacement } from './placement';

/** docs/facts/container-apps.md#log-stream, #log-store */
export function containerAppsLogSources({
  name,
  workspaceId,
}: Pick<ContainerAppsPlacement, 'name' | 'workspaceId'>): LogSources {
  return {
    live: { name: 'the log stream', limits: 'which shows the last 300 lines at each look' },
    full:
      workspaceId === undefined
        ? {
            missing: `Placement "${name}" names no workspaceId. With the Log Analytics workspace of its environment, later logs are completed.`,
          }
        : {
            name: `Log Analytics workspace ${workspaceId}`,
            limits: 'where a line that is there twice at one instant stands once, marked',
          },
  };
}
