// What the platforms of the local stack recorded themselves, and what they still hold.
import type { Ledger } from '../../aci/ledger';
import type { ContainerAppsLedger } from '../../container-apps/ledger';
import type { Ledger as ClusterLedger } from '../../kubernetes/ledger';
import { listDefinitions, readAppsLedger } from '../apps-view';
import { listInCluster, readClusterLedger } from '../cluster-view';
import { listGroups, readLedger } from '../emulator-view';
import type { Stack } from '../stack';
import { type Trace, traceOfDefinition, traceOfGroup, traceOfJob } from '../trace';
import { type Platform } from './platform';

/** `left`: names of what is there still; on the cluster Jobs, pods and Secrets. */
export interface PlatformRecords {
  readonly instances: { readonly ledger: Ledger; readonly left: readonly string[] };
  readonly cluster: { readonly ledger: ClusterLedger; readonly left: readonly string[] };
  readonly apps: { readonly ledger: ContainerAppsLedger; readonly left: readonly string[] };
}

/** Rejects where the stack lacks one of the platforms. */
export async function readPlatforms(stack: Stack): Promise<PlatformRecords> {
  const { emulatorUrl, kubernetes, containerAppsUrl } = stack;
  if (kubernetes === undefined) throw new Error('The stack of the demo has no cluster.');
  if (containerAppsUrl === undefined) throw new Error('The stack of the demo has no Container Apps.');
  const [instances, groups, cluster, objects, apps, definitions] = await Promise.all([
    readLedger(emulatorUrl),
    listGroups(emulatorUrl),
    readClusterLedger(kubernetes),
    listInCluster(kubernetes),
    readAppsLedger(containerAppsUrl),
    listDefinitions(containerAppsUrl),
  ]);
  return {
    instances: { ledger: instances, left: groups },
    cluster: { ledger: cluster, left: objects },
    apps: { ledger: apps, left: definitions },
  };
}

/** What `platform` recorded of the workload of that name. */
export function traceOn(platform: Platform, records: PlatformRecords, name: string): Trace {
  switch (platform) {
    case 'instances':
      return traceOfGroup(records.instances.ledger, name);
    case 'cluster':
      return traceOfJob(records.cluster.ledger, name);
    case 'apps':
      return traceOfDefinition(records.apps.ledger, name);
  }
}
