// The emulator under virtual time with containers that follow scripts, and the genuine client over it.
import type {
  Container,
  ContainerGroup,
  ContainerInstanceManagementClient,
} from '@azure/arm-containerinstance';

import type { AciEmulator } from '../../../standins/aci/emulator';
import type { ContainerMount } from '../../../standins/containers/mounted-paths';
import type { ContainerStart } from '../../../standins/containers/runtime';
import type { Script } from '../../../standins/containers/scripted';
import { createVirtualTime } from '../../../standins/kernel/virtual-time';
import type { WireResponse } from '../../../standins/wire/handler';
import { advance } from '../../support/advance';
import { armClient } from '../../support/arm-clients';
import { RESOURCE_GROUP, SUBSCRIPTION } from '../../support/placements';
import { createRegion, type RegionParts } from '../../support/world/region';

/** 2026-01-05 12:00 UTC. */
const START = Date.UTC(2026, 0, 5, 12);

export interface Stage {
  readonly emulator: AciEmulator;
  readonly client: ContainerInstanceManagementClient;
  /** Lets virtual time pass. */
  readonly advance: (ms: number) => void;
  readonly now: () => number;
  /** Command lines of the programs, in the order of their starts; empty: the image's own. */
  readonly programs: readonly (readonly string[])[];
  /** What each of them mounts. */
  readonly mounts: readonly (readonly ContainerMount[])[];
  /** All of each start. */
  readonly started: readonly ContainerStart[];
  /** A request without the client. */
  readonly send: (method: string, path: string, body?: unknown) => Promise<WireResponse>;
}

export const HELLO: Script = {
  prints: [{ atMs: 0, text: 'hello\n' }],
  exit: { atMs: 5_000, code: 0 },
};

export function exits(code: number, atMs = 5_000): Script {
  return { prints: [], exit: { atMs, code } };
}

/** Without scripts, programs print `hello` and exit with 0 after 5 s. */
export function setStage(options: RegionParts = {}): Stage {
  const time = createVirtualTime(START);
  const { emulator, handle, programs, mounts, started } = createRegion(time, {
    scripts: [HELLO],
    ...options,
  });
  return {
    emulator,
    client: armClient(handle),
    programs,
    mounts,
    started,
    now: () => time.clock.now(),
    advance: (ms) => advance(time, ms),
    send: async (method, path, body) =>
      emulator.handle({
        method,
        url: new URL(path, 'https://management.azure.com'),
        headers: {},
        body: body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body)),
      }),
  };
}

export function container(changes: Partial<Container> = {}): Container {
  return {
    name: 'program',
    image: 'example/program:1',
    resources: { requests: { cpu: 1, memoryInGB: 1.5 } },
    ...changes,
  };
}

export function group(changes: Partial<ContainerGroup> = {}): ContainerGroup {
  return {
    location: 'eastus',
    osType: 'Linux',
    restartPolicy: 'Never',
    containers: [container()],
    ...changes,
  };
}

/** Requests with a GPU. */
export function withGpu(sku: string, count: number, cpu = 1, memoryInGB = 1.5): Container {
  return container({ resources: { requests: { cpu, memoryInGB, gpu: { sku, count } } } });
}

/** The address of a group below management.azure.com. */
export function groupPath(name: string, rest = ''): string {
  return `/subscriptions/${SUBSCRIPTION}/resourceGroups/${RESOURCE_GROUP}/providers/Microsoft.ContainerInstance/containerGroups/${name}${rest}?api-version=2023-05-01`;
}

/** Longer than provisioning and pulling together. */
export const UNTIL_RUNNING = 2_000;

export async function create(
  stage: Stage,
  name = 'one',
  changes: Partial<ContainerGroup> = {},
): Promise<void> {
  await stage.client.containerGroups.beginCreateOrUpdate(RESOURCE_GROUP, name, group(changes));
}

export async function firstContainer({ client }: Stage, name = 'one'): Promise<Container | undefined> {
  return (await client.containerGroups.get(RESOURCE_GROUP, name)).containers[0];
}

export async function states({ client }: Stage, name = 'one'): Promise<(string | undefined)[]> {
  const { provisioningState, instanceView } = await client.containerGroups.get(RESOURCE_GROUP, name);
  return [provisioningState, instanceView?.state];
}
