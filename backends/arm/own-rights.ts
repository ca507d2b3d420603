// What Azure says of one's own rights at a scope, and the commands that give what is missing there.
import { RetryableError } from '../../domain/errors';
import type { ArmReads } from './arm-reads';
import { IDENTITY_RIGHTS } from './identity-rights';
import { allows, type Permission, permissionSchema } from './permissions';

const API_VERSION = '2022-04-01';

/** Undefined where Azure does not tell. Rejects when it can't be asked. */
export async function permissionsAt(
  scope: string,
  reads: ArmReads,
): Promise<readonly Permission[] | undefined> {
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

/**
 * The built-in role Managed Identity Operator, which is for this very right, names it with one more part, `*`
 * (docs/facts/azure-roles.md#built-in-roles): what is granted so counts.
 */
export function holds(permissions: readonly Permission[], operation: string): boolean {
  const isAssign = IDENTITY_RIGHTS.includes(operation);
  return (
    allows(permissions, operation) ||
    (isAssign && allows(permissions, operation.replace('/assign/', '/NAME/assign/')))
  );
}

/** The commands that make a role with the rights and give it. */
export function roleFor(
  scope: string,
  rights: readonly string[],
  dataRights: readonly string[] = [],
): string {
  const name = `GPU jobs at ${scope.split('/').at(-1) ?? scope}`;
  const role = JSON.stringify({
    Name: name,
    IsCustom: true,
    Description: 'What gpu-job-runner takes there.',
    Actions: rights,
    ...(dataRights.length === 0 ? {} : { DataActions: dataRights }),
    AssignableScopes: [scope.split('/').slice(0, 5).join('/')],
  });
  return `az role definition create --role-definition '${role}', then az role assignment create --role "${name}" --assignee-object-id PRINCIPAL --assignee-principal-type ServicePrincipal --scope ${scope}`;
}
