// Each kind of compute of the local stack, behind the product's back: what its programs printed, and a loss of their
// workload of which the product learns only by looking.
import { readFile } from 'node:fs/promises';

import { LOCAL_RESOURCE_GROUP, LOCAL_SUBSCRIPTION } from '../../../standins/arm/local-scope';
import { tokenIn } from '../../../standins/kubernetes/kept-kubeconfig';
import { LOCAL_NAMESPACE } from '../../../standins/kubernetes/local-cluster';
import { readPrintedByDefinition } from '../../../standins/stack/apps-view';
import { readPrintedByJob } from '../../../standins/stack/cluster-view';
import { readPrinted } from '../../../standins/stack/emulator-view';
import {
  LOCAL_APPS_PLACEMENT,
  LOCAL_CLUSTER_PLACEMENT,
  LOCAL_PLACEMENTS,
} from '../../../standins/stack/local-placements';
import type { Stack } from '../../../standins/stack/stack';

export interface Platform {
  /** Everything that the programs of a workload printed, also after it is gone. */
  printed(workload: string): Promise<string>;
  /** Ends a workload as a failure of the platform would. */
  lose(workload: string): Promise<void>;
}

const IN_GROUP = `/subscriptions/${LOCAL_SUBSCRIPTION}/resourceGroups/${LOCAL_RESOURCE_GROUP}/providers`;

/** By the name of the placement; of Container Instances there is one. */
export function platformsOf({ emulatorUrl, containerAppsUrl, kubernetes }: Stack): Map<string, Platform> {
  if (containerAppsUrl === undefined || kubernetes === undefined) throw new Error('The stack is not whole.');
  return new Map([
    [
      LOCAL_APPS_PLACEMENT.name,
      {
        printed: async (job) => (await readPrintedByDefinition(containerAppsUrl, job)).toString(),
        lose: (job) =>
          remove(`${containerAppsUrl}${IN_GROUP}/Microsoft.App/jobs/${job}?api-version=2026-07-01`),
      },
    ],
    [
      LOCAL_CLUSTER_PLACEMENT,
      {
        printed: async (job) => (await readPrintedByJob(kubernetes, job)).toString(),
        lose: async (job) => {
          const token = tokenIn(await readFile(kubernetes.kubeconfigFile, 'utf8')) ?? '';
          const path = `/apis/batch/v1/namespaces/${LOCAL_NAMESPACE}/jobs/${job}`;
          const query = 'propagationPolicy=Background';
          await remove(`${kubernetes.url}${path}?${query}`, { authorization: `Bearer ${token}` });
        },
      },
    ],
    [
      LOCAL_PLACEMENTS[0]?.name ?? '',
      {
        printed: async (group) => (await readPrinted(emulatorUrl, group)).toString(),
        lose: (group) =>
          remove(
            `${emulatorUrl}${IN_GROUP}/Microsoft.ContainerInstance/containerGroups/${group}?api-version=2023-05-01`,
          ),
      },
    ],
  ]);
}

async function remove(url: string, headers: Readonly<Record<string, string>> = {}): Promise<void> {
  const answer = await fetch(url, { method: 'DELETE', headers });
  if (!answer.ok) throw new Error(`${url} was answered ${answer.status}: ${await answer.text()}`);
}
