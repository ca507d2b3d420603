// The requests about pulls by identity that the stand-in answers, all of them reads.
import { z } from 'zod';

import { ArmFault } from '../../wire/arm-error';
import type { Match, Route } from '../../wire/arm-route';
import { json, type WireRequest, type WireResponse } from '../../wire/handler';
import type { PullFault } from './pull-fault';
import { identityId, type PullWorld, registryId } from './pull-world';
import { assignmentView, identityView, registryView, roleView } from './views';

interface PullContext {
  /** What there is now, whatever holds. */
  readonly world: PullWorld;
  readonly faults: readonly PullFault[];
  readonly tenantId: string;
}

/** May throw an ArmFault. */
type PullAction = (
  context: PullContext,
  request: WireRequest,
  match: Pick<Match<unknown>, 'param'>,
) => WireResponse;

const SUBSCRIPTION = '/subscriptions/{subscription}';
const REGISTRIES = '/providers/Microsoft.ContainerRegistry/registries';
const GROUP = `${SUBSCRIPTION}/resourceGroups/{resourceGroup}`;
const ROLE_DEFINITION = '/providers/Microsoft.Authorization/roleDefinitions/{role}';

export const PULL_ROUTES: readonly Route<PullAction>[] = [
  { method: 'GET', pattern: `${SUBSCRIPTION}${REGISTRIES}`, action: listRegistries },
  { method: 'GET', pattern: `${GROUP}${REGISTRIES}`, action: listRegistries },
  { method: 'GET', pattern: `${GROUP}${REGISTRIES}/{name}`, action: getRegistry },
  {
    method: 'POST',
    pattern: `${SUBSCRIPTION}/providers/Microsoft.ContainerRegistry/checkNameAvailability`,
    action: checkName,
  },
  {
    method: 'GET',
    pattern: `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{name}`,
    action: getIdentity,
  },
  {
    method: 'GET',
    pattern: `${GROUP}${REGISTRIES}/{name}/providers/Microsoft.Authorization/roleAssignments`,
    action: listAssignments,
  },
  { method: 'GET', pattern: ROLE_DEFINITION, action: getRole },
  { method: 'GET', pattern: `${SUBSCRIPTION}${ROLE_DEFINITION}`, action: getRole },
];

function listRegistries(context: PullContext, { url }: WireRequest): WireResponse {
  mayRead(context, 'registries', 'Microsoft.ContainerRegistry/registries/read', url);
  const [below = ''] = url.pathname.split(/\/providers\//i);
  const there = context.world.registries.filter((registry) => isBelow(registryId(registry), below));
  return json(200, { value: there.map(registryView) });
}

function getRegistry(context: PullContext, { url }: WireRequest): WireResponse {
  mayRead(context, 'registries', 'Microsoft.ContainerRegistry/registries/read', url);
  const found = context.world.registries.find((registry) => isSame(registryId(registry), url.pathname));
  if (found === undefined) throw notFound(url.pathname);
  return json(200, registryView(found));
}

const nameSchema = z.object({ name: z.string().regex(/^[a-zA-Z0-9]{5,50}$/), type: z.string() });

/** Whether the name is free in all of Azure, not in the subscription alone. */
function checkName(context: PullContext, { url, body }: WireRequest): WireResponse {
  mayRead(context, 'names', 'Microsoft.ContainerRegistry/checkNameAvailability/read', url);
  const asked = nameSchema.safeParse(jsonOf(body));
  if (!asked.success) throw new ArmFault(400, 'InvalidRequest', z.prettifyError(asked.error));
  const { name } = asked.data;
  const isTaken =
    context.faults.some(({ kind }) => kind === 'registry-elsewhere') ||
    context.world.registries.some((registry) => isSame(registry.name, name));
  return json(200, {
    nameAvailable: !isTaken,
    ...(isTaken && { reason: 'AlreadyExists', message: `The registry ${name} is already in use.` }),
  });
}

function getIdentity(context: PullContext, { url }: WireRequest): WireResponse {
  const right = 'Microsoft.ManagedIdentity/userAssignedIdentities/read';
  mayRead(context, 'identities', right, url);
  const found = context.world.identities.find((identity) => isSame(identityId(identity), url.pathname));
  if (found === undefined) throw notFound(url.pathname);
  return json(200, identityView(found, context.tenantId));
}

/** The one filter that is read: those of one principal, at the scope and above it. */
const FILTER = /^atScope\(\) and assignedTo\('([^']+)'\)$/i;

function listAssignments(context: PullContext, { url }: WireRequest): WireResponse {
  mayRead(context, 'assignments', 'Microsoft.Authorization/roleAssignments/read', url);
  const filter = url.searchParams.get('$filter') ?? '';
  const principal = FILTER.exec(filter)?.[1];
  if (principal === undefined)
    throw new ArmFault(501, 'NotEmulated', `The stand-in reads no such filter of assignments: "${filter}".`);
  const [scope = ''] = url.pathname.split(/\/providers\/Microsoft\.Authorization\//i);
  const there = context.world.assignments.filter(
    (assignment) => isSame(assignment.principalId, principal) && isBelow(scope, assignment.scope),
  );
  return json(200, {
    value: there.map((assignment, at) => assignmentView(assignment, `assignment${at}`)),
  });
}

function getRole(
  context: PullContext,
  { url }: WireRequest,
  match: Pick<Match<unknown>, 'param'>,
): WireResponse {
  mayRead(context, 'definitions', 'Microsoft.Authorization/roleDefinitions/read', url);
  const guid = match.param('role').toLowerCase();
  const view = roleView(guid);
  if (view !== undefined) return json(200, view);
  throw new ArmFault(
    404,
    'RoleDefinitionDoesNotExist',
    `The specified role definition with ID '${guid}' does not exist.`,
  );
}

function mayRead(
  { faults }: PullContext,
  what: Extract<PullFault, { kind: 'reads-refused' }>['of'],
  right: string,
  { pathname }: URL,
): void {
  if (!faults.some((fault) => fault.kind === 'reads-refused' && fault.of === what)) return;
  throw new ArmFault(
    403,
    'AuthorizationFailed',
    `The client does not have authorization to perform action '${right}' over scope '${pathname}' or the scope is invalid.`,
  );
}

function notFound(id: string): ArmFault {
  const [, , , , resourceGroup = '', , ...rest] = id.split('/');
  return new ArmFault(
    404,
    'ResourceNotFound',
    `The Resource '${rest.join('/')}' under resource group '${resourceGroup}' was not found.`,
    { 'x-ms-failure-cause': 'gateway' },
  );
}

function isBelow(id: string, scope: string): boolean {
  return isSame(id, scope) || id.toLowerCase().startsWith(`${scope.toLowerCase()}/`);
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined; // What is no JSON names no registry, either.
  }
}
