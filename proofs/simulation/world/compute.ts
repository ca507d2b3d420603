// The kinds of compute of a run: one region of Container Instances, in some runs a platform in two steps beside it, and
// the ways to them.
import { createAciBackend } from '../../../backends/aci/aci-backend';
import { aciFacts } from '../../../backends/aci/facts';
import type { AciPlacement } from '../../../backends/aci/placement';
import { unconfiguredFacts } from '../../../backends/unconfigured-backend';
import type { Placement } from '../../../domain/placement/placement';
import type { ComputeBackend } from '../../../domain/ports/compute-backend';
import type { Ports } from '../../../jobs/ports';
import { armClients } from '../../../test/support/arm-clients';
import { SUBSCRIPTION } from '../../../test/support/placements';
import { createTwoStepBackend } from '../../../test/two-step/two-step-backend';
import { TWO_STEP, twoStepFacts } from '../../../test/two-step/two-step-facts';
import { Arm, type ArmCaller } from '../cloud/arm';
import { Cloud, RESOURCE_GROUP } from '../cloud/cloud';
import { CloudRecord } from '../cloud/cloud-record';
import type { Wire } from '../cloud/platform';
import { Platforms, Wires } from '../cloud/platforms';
import { TwoStepCloud } from '../cloud/two-step-cloud';
import { TwoStepWire } from '../cloud/two-step-wire';
import type { World } from './world';

export interface Compute {
  readonly cloud: Platforms;
  /** `run` is called when a platform in two steps has accepted a start that takes effect later. */
  whenLate(run: (name: string) => void): void;
  /** All ways to the platforms at once. */
  readonly wire: Wire;
  /** How many groups of Container Instances exist. */
  groupCount(): number;
  close(): Promise<void>;
  readonly placements: readonly Placement[];
  readonly factsOf: Ports['factsOf'];
  /** The backends of one process. */
  backendOf(caller: ArmCaller): Ports['backendOf'];
}

/** The prices of each placement. At `two` a job without a GPU has no price. */
const PRICES: Readonly<Record<string, AciPlacement['prices']>> = {
  one: { V100: 3, cpu: 0.04, memoryGb: 0.004 },
  two: { V100: 2 },
};

const COMMON = {
  gpus: [{ sku: 'V100', counts: [1, 2, 4] }],
  limits: {
    workloads: 2,
    creates: [
      { per: 300, most: 20 },
      { per: 3600, most: 60 },
    ],
  },
};

function aciPlacement(name: string): AciPlacement {
  return {
    ...COMMON,
    name,
    prices: PRICES[name],
    backend: 'aci',
    subscriptionId: SUBSCRIPTION,
    resourceGroup: RESOURCE_GROUP,
    region: 'eastus',
    offersRetiredGpus: true,
  };
}

/**
 * Two placements, so that places are short and fall-backs happen. They lie in one region and resource group, or are of
 * two kinds.
 */
export function createCompute(world: World, hasTwoStep: boolean): Compute {
  const region = new Cloud(world, new CloudRecord(world));
  const outages: { from: number; to: number }[] = [];
  const arm = new Arm(world, region, outages);
  const other = hasTwoStep ? new TwoStepCloud(world, new CloudRecord(world)) : undefined;
  const otherWire = other === undefined ? undefined : new TwoStepWire(world, other, outages);
  const platforms = other === undefined ? [region] : [region, other];
  const onAci = (hasTwoStep ? ['one'] : ['one', 'two']).map(aciPlacement);
  const elsewhere: readonly Placement[] = hasTwoStep
    ? [{ ...COMMON, name: 'two', prices: PRICES['two'], backend: TWO_STEP }]
    : [];
  const facts = new Map([
    ...onAci.map((placement) => [placement.name, aciFacts(placement)] as const),
    ...elsewhere.map(({ name }) => [name, twoStepFacts()] as const),
  ]);
  return {
    cloud: new Platforms(world, platforms, outages),
    wire: otherWire === undefined ? arm : new Wires([arm, otherWire]),
    whenLate: (run) => {
      if (otherWire !== undefined) otherWire.onLateStart = run;
    },
    groupCount: () => region.emulator.groupCount(),
    close: () => region.emulator.close(),
    placements: [...elsewhere, ...onAci], // Jobs go to that placement first.
    factsOf: (name) => facts.get(name) ?? unconfiguredFacts(name),
    backendOf: (caller) => {
      const clients = armClients((request) => arm.request(caller, request));
      const made = new Map<string, ComputeBackend>(
        onAci.map((placement) => [placement.name, createAciBackend(placement, () => clients)]),
      );
      if (otherWire !== undefined)
        for (const { name } of elsewhere)
          made.set(name, createTwoStepBackend(name, otherWire.clientOf(caller)));
      return (placement) => {
        const backend = made.get(placement);
        if (backend === undefined) throw new Error(`No placement ${placement}`);
        return backend;
      };
    },
  };
}
