// What the requests of Azure Resource Manager itself work with.
import type { Clock } from '../kernel/clock';
import type { Match } from '../wire/arm-route';
import type { Handler, WireRequest, WireResponse } from '../wire/handler';
import type { DeploymentStore } from './deployment';
import type { ResourceGroupBook } from './resource-group-book';

/** A provider of resources; here only container groups have one. */
interface ResourceProvider {
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
  /** Answers for `Microsoft.ContainerInstance`, and receives what deployments create. */
  readonly containerInstances: ResourceProvider;
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
