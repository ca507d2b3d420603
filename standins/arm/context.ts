// What the requests of Azure Resource Manager itself work with.
import type { Clock } from '../kernel/clock';
import type { Match } from '../wire/arm-route';
import type { Handler, WireRequest, WireResponse } from '../wire/handler';
import type { DeploymentStore } from './deployment';
import type { Pulls } from './pulls/pulls';
import type { ResourceGroupBook } from './resource-group-book';

/** Who answers for the resources of a namespace. */
export interface ResourceProvider {
  /** `Microsoft.ContainerInstance`; requests name it in any case. */
  readonly namespace: string;
  readonly types: readonly ResourceType[];
  readonly handle: Handler;
}

interface ResourceType {
  readonly resourceType: string;
  /** The oldest first. */
  readonly apiVersions: readonly string[];
  /** Names of regions as they are shown; empty for what is in none. */
  readonly locations: readonly string[];
}

/** The provider whose resources this stand-in knows: deployments create them, and resource groups hold them. */
interface ContainerInstances {
  readonly handle: Handler;
  /** Its resources, those being deleted included, and where they are. */
  places(): readonly ResourcePlace[];
}

export interface ResourcePlace {
  readonly id: string;
  readonly subscription: string;
  readonly resourceGroup: string;
}

export interface ArmPorts {
  readonly clock: Clock;
  /** A random GUID. */
  readonly newId: () => string;
  readonly tenantId: string;
  /** The subscription that exists from the start. Others are known once something is in them. */
  readonly subscriptionId: string;
  readonly resourceGroups: ResourceGroupBook;
  readonly providers: readonly ResourceProvider[];
  /** One of them, which receives what deployments create. */
  readonly containerInstances: ContainerInstances;
  /** Answers about registries, identities and roles. */
  readonly pulls: Pick<Pulls, 'answer'>;
}

export interface ArmContext extends ArmPorts {
  readonly deployments: DeploymentStore;
}

/** One kind of request; may throw an ArmFault. */
export type ArmAction = (
  context: ArmContext,
  request: WireRequest,
  match: Pick<Match<unknown>, 'param'>,
) => WireResponse | Promise<WireResponse>;
