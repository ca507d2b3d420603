// The long-running operation of a group: its header (docs/facts/container-instances.md#create-answer), and the answer
// to a poll of it (#operation).
import type { OperationStatus, OperationView } from '../../wire/async-operation';
import type { WireRequest } from '../../wire/handler';
import type { AciContext } from '../context';
import { normalRegion } from '../gpu-offer';
import type { GroupLife } from './group-lifecycle';
import type { Group } from './group-store';
import { operationEvents } from './group-view';

/**
 * The api-version that the service puts into the addresses of its operations
 * (docs/facts/container-instances.md#routes).
 */
const OPERATION_API_VERSION = '2018-06-01';

/** Begins an operation on the group's present incarnation and returns the headers that announce it. */
export function startOperation(
  context: AciContext,
  request: WireRequest,
  group: Group,
): Readonly<Record<string, string>> {
  const id = context.newId();
  const { incarnation } = group.runner.life();
  let last: OperationView | undefined;
  context.operations.start(id, group.id, context.clock.now(), () => {
    const life = group.runner.life();
    // Once the group has gone on to another incarnation, this operation keeps its last state.
    if (life.incarnation !== incarnation)
      return last ?? { status: 'Succeeded', events: operationEvents(life) };
    last = viewOf(life);
    return last;
  });
  const region = normalRegion(group.definition.location);
  const path = `/subscriptions/${group.place.subscription}/providers/Microsoft.ContainerInstance/locations/${region}/operations/${id}`;
  return {
    'azure-asyncoperation': `${request.url.origin}${path}?api-version=${OPERATION_API_VERSION}`,
    'x-ms-request-id': `${region}:${id}`,
  };
}

function viewOf(life: GroupLife): OperationView {
  const status: OperationStatus = life.deployment;
  return {
    status,
    events: operationEvents(life),
    ...(status === 'Failed' && {
      error: { message: life.refusal ?? 'The container group could not be provisioned.' },
    }),
  };
}
