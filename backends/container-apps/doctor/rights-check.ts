// Whether this identity may do what jobs on Container Apps take: by what Azure says of its rights.
import type { Check } from '../../../domain/backend/check';
import type { ArmReads } from '../../arm/arm-reads';
import { IDENTITY_RIGHTS } from '../../arm/identity-rights';
import { holds, permissionsAt, roleFor } from '../../arm/own-rights';
import { allows, allowsOnData, type Permission } from '../../arm/permissions';
import { checkWithGaps, type Finding, type Gap } from '../../findings';
import { environmentId, environmentParts } from '../environment-id';
import type { ContainerAppsPlacement } from '../placement';
import { ENVIRONMENT_RIGHTS, REGION_RIGHTS, RUNNER_DATA_RIGHTS, RUNNER_RIGHTS } from '../rights';
import { operationsOf, otherNameOf } from './operations';

interface Scope {
  /** A resource id. */
  readonly scope: string;
  readonly rights: readonly string[];
  /** Data actions: those of a role that are told apart. */
  readonly dataRights?: readonly string[];
}

/**
 * `identities`: the resource ids of those that jobs may pull with, as far as they are known. Rejects when Azure can't
 * be asked.
 */
export async function rightsCheck(
  called: string,
  placement: ContainerAppsPlacement,
  identities: readonly string[],
  reads: ArmReads,
): Promise<Check> {
  const { subscriptionId, resourceGroup } = placement;
  const scopes: readonly Scope[] = [
    {
      scope: `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`,
      rights: RUNNER_RIGHTS,
      dataRights: RUNNER_DATA_RIGHTS,
    },
    { scope: environmentId(placement), rights: ENVIRONMENT_RIGHTS },
    { scope: `/subscriptions/${environmentParts(placement).subscriptionId}`, rights: REGION_RIGHTS },
    ...identities.map((scope) => ({ scope, rights: IDENTITY_RIGHTS })),
  ];
  const findings: Finding[] = [];
  const untold: string[] = [];
  const notes: string[] = [];
  for (const at of scopes) {
    const permissions = await permissionsAt(at.scope, reads);
    if (permissions === undefined) untold.push(at.scope);
    else {
      findings.push(...findingsAt(at, permissions));
      notes.push(...noteAt(at, permissions));
    }
  }
  const well = 'this identity may run, stop and remove jobs in the environment';
  return checkWithGaps(
    called,
    [well, ...notes].join('; '),
    findings,
    untold.length === 0 ? [] : [notTold(untold)],
  );
}

function notTold(scopes: readonly string[]): Gap {
  return {
    detail: `Azure does not tell this identity its rights at ${scopes.join(', ')}`,
    todo: 'docs/container-apps.md#rights lists those that it needs.',
  };
}

/** An owner has no data actions; whether streams ask for one is not known (docs/facts/azure-roles.md#log-streams). */
function noteAt({ scope, dataRights = [] }: Scope, permissions: readonly Permission[]): string[] {
  return dataRights
    .filter((one) => !allowsOnData(permissions, one))
    .map((one) => `it lacks the data action ${one} at ${scope}, which a log stream may ask for`);
}

function findingsAt(
  { scope, rights, dataRights = [] }: Scope,
  permissions: readonly Permission[],
): readonly Finding[] {
  const missing = operationsOf(rights).filter((operation) => !holds(permissions, operation));
  // Which of two names the platform asks for is not known: one that is there may do.
  const perhaps = missing.filter((operation) => {
    const other = otherNameOf(operation);
    return other !== undefined && allows(permissions, other);
  });
  const surely = missing.filter((operation) => !perhaps.includes(operation));
  const todo = roleFor(scope, rights, dataRights);
  return [
    ...(surely.length === 0
      ? []
      : [
          {
            standing: 'failed' as const,
            detail: `this identity may not ${surely.join(', ')} at ${scope}`,
            todo,
          },
        ]),
    ...perhaps.map((operation) => ({
      standing: 'warning' as const,
      detail: `this identity may not ${operation} at ${scope}, and may ${otherNameOf(operation) ?? ''}: which of the two is asked for is not known`,
      todo,
    })),
  ];
}
