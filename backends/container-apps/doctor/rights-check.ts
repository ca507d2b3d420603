// Whether this identity may do what jobs on Container Apps take: by what Azure says of its rights.
import type { Check } from '../../../domain/backend/check';
import { RetryableError } from '../../../domain/errors';
import type { ArmReads } from '../../arm/arm-reads';
import { IDENTITY_RIGHTS } from '../../arm/identity-rights';
import { checkWithGaps, type Finding, type Gap } from '../../findings';
import { environmentId, environmentParts } from '../environment-id';
import type { ContainerAppsPlacement } from '../placement';
import { ENVIRONMENT_RIGHTS, REGION_RIGHTS, RUNNER_RIGHTS } from '../rights';
import { operationsOf, otherNameOf } from './operations';
import { allows, type Permission, permissionSchema } from './permissions';

const API_VERSION = '2022-04-01';

interface Scope {
  /** A resource id. */
  readonly scope: string;
  readonly rights: readonly string[];
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
    { scope: `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`, rights: RUNNER_RIGHTS },
    { scope: environmentId(placement), rights: ENVIRONMENT_RIGHTS },
    { scope: `/subscriptions/${environmentParts(placement).subscriptionId}`, rights: REGION_RIGHTS },
    ...identities.map((scope) => ({ scope, rights: IDENTITY_RIGHTS })),
  ];
  const findings: Finding[] = [];
  const untold: string[] = [];
  for (const at of scopes) {
    const permissions = await permissionsAt(at.scope, reads);
    if (permissions === undefined) untold.push(at.scope);
    else findings.push(...findingsAt(at, permissions));
  }
  const well = 'this identity may run, stop and remove jobs in the environment';
  return checkWithGaps(called, well, findings, untold.length === 0 ? [] : [notTold(untold)]);
}

function notTold(scopes: readonly string[]): Gap {
  return {
    detail: `Azure does not tell this identity its rights at ${scopes.join(', ')}`,
    todo: 'docs/container-apps.md#rights lists those that it needs.',
  };
}

/** Undefined where Azure does not tell. */
async function permissionsAt(scope: string, reads: ArmReads): Promise<readonly Permission[] | undefined> {
  const path = `${scope}/providers/Microsoft.Authorization/permissions`;
  try {
    const read = await reads.list(path, API_VERSION, permissionSchema);
    return read.kind === 'read' ? read.value : undefined;
  } catch (error) {
    // Of a whole subscription no documentation says that it may be asked (docs/facts/container-apps.md#own-rights).
    if (error instanceof RetryableError && error.facts['status'] === 400) return undefined;
    throw error;
  }
}

function findingsAt({ scope, rights }: Scope, permissions: readonly Permission[]): readonly Finding[] {
  const missing = operationsOf(rights).filter((operation) => !allows(permissions, operation));
  // Which of two names the platform asks for is not known: one that is there may do.
  const perhaps = missing.filter((operation) => {
    const other = otherNameOf(operation);
    return other !== undefined && allows(permissions, other);
  });
  const surely = missing.filter((operation) => !perhaps.includes(operation));
  const todo = roleFor(scope, rights);
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

/** The commands that make a role with the rights and give it. */
function roleFor(scope: string, rights: readonly string[]): string {
  const name = `GPU jobs at ${scope.split('/').at(-1) ?? scope}`;
  const role = JSON.stringify({
    Name: name,
    IsCustom: true,
    Description: 'What gpu-job-runner takes there.',
    Actions: rights,
    AssignableScopes: [scope.split('/').slice(0, 5).join('/')],
  });
  return `az role definition create --role-definition '${role}', then az role assignment create --role "${name}" --assignee-object-id PRINCIPAL --assignee-principal-type ServicePrincipal --scope ${scope}`;
}
