// Azure as its clients see it at one address: login, Azure Resource Manager, container groups, and what it is given
// for Container Apps.
import type { AciPorts } from '../aci/context';
import { type AciEmulator, createAciEmulator } from '../aci/emulator';
import { createEntra, isForEntra } from '../entra/routes';
import type { Handler } from '../wire/handler';
import { containerAppsProvider } from './container-apps';
import { containerInstancesProvider } from './container-instances';
import { LOCAL_PULLS } from './pulls/local-pulls';
import type { PullFault } from './pulls/pull-fault';
import type { PullWorld } from './pulls/pull-world';
import { createPulls } from './pulls/pulls';
import { createResourceGroupBook } from './resource-group-book';
import { createResourceManager } from './resource-manager';

export interface StandInPorts extends Omit<AciPorts, 'resourceGroupExists'> {
  /** The subscription and the resource group that exist from the start. */
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** Answers for `Microsoft.App`; undefined: that provider is not there. */
  readonly containerApps?: Handler | undefined;
  /** The registries, and the identities that pull from them; left out: those of the local stack. */
  readonly pulls?: PullWorld | undefined;
}

export interface StandIn {
  readonly handle: Handler;
  readonly emulator: AciEmulator;
  /** Lets something be wrong with pulls by identity. */
  injectPullFault(fault: PullFault): void;
}

/** The tenant of everything here. It can't be mistaken for a real one. */
const LOCAL_TENANT = '00000000-0000-0000-0000-0000000000aa';

/** The region of resource groups that no request created. */
const LOCATION = 'eastus';

export function createStandIn(ports: StandInPorts): StandIn {
  const { clock, newId, settings, subscriptionId, resourceGroup, containerApps } = ports;
  const resourceGroups = createResourceGroupBook({
    ...(settings.resourceGroups && { existing: settings.resourceGroups }),
    shown: [resourceGroup],
    location: LOCATION,
  });
  const emulator = createAciEmulator({
    ...ports,
    resourceGroupExists: (subscription, name) => resourceGroups.get(subscription, name) !== undefined,
  });
  const tenantId = LOCAL_TENANT;
  const entra = createEntra({ clock, newId, tenantId });
  const pulls = createPulls({ clock, newId, tenantId, world: ports.pulls ?? LOCAL_PULLS });
  const resourceManager = createResourceManager({
    ...{ clock, newId, tenantId, subscriptionId, resourceGroups },
    providers: [
      containerInstancesProvider(emulator.handle),
      ...(containerApps === undefined ? [] : [containerAppsProvider(containerApps)]),
    ],
    containerInstances: emulator,
    pulls,
  });
  return {
    emulator,
    injectPullFault: (fault) => pulls.inject(fault),
    handle: (request) => (isForEntra(request) ? entra(request) : resourceManager(request)),
  };
}
