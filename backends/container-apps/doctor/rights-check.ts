// Whether this identity may do what jobs on Container Apps take: by what Azure says of its rights.
import { z } from 'zod';

import type { Check } from '../../../domain/backend/check';
import type { ArmReads } from '../../arm/arm-reads';
import { checkOf, type Finding } from '../../findings';
import { environmentId } from '../environment-id';
import type { ContainerAppsPlacement } from '../placement';
import { ENVIRONMENT_RIGHTS, RUNNER_RIGHTS } from '../rights';

const API_VERSION = '2022-04-01';

/** What one role of the asker allows (docs/facts/container-apps.md#own-rights). */
const permissionSchema = z.object({
  actions: z.array(z.string()).default([]),
  notActions: z.array(z.string()).default([]),
});
type Permission = z.infer<typeof permissionSchema>;

/** Rejects when Azure can't be asked. */
export async function rightsCheck(
  called: string,
  placement: ContainerAppsPlacement,
  reads: ArmReads,
): Promise<Check> {
  const { subscriptionId, resourceGroup } = placement;
  const group = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
  const scopes = [
    { scope: group, rights: RUNNER_RIGHTS },
    { scope: environmentId(placement), rights: ENVIRONMENT_RIGHTS },
  ];
  const findings: Finding[] = [];
  for (const { scope, rights } of scopes) {
    const path = `${scope}/providers/Microsoft.Authorization/permissions`;
    const read = await reads.list(path, API_VERSION, permissionSchema);
    if (read.kind !== 'read')
      return {
        name: called,
        standing: 'skipped',
        detail: `Azure does not tell this identity its rights at ${scope}`,
        todo: 'docs/container-apps.md#rights lists those that it needs.',
      };
    const missing = rights.filter((right) => !isAllowed(right, read.value));
    if (missing.length > 0) findings.push(lacking(scope, missing, rights));
  }
  return checkOf(called, 'this identity may run, stop and remove jobs in the environment', findings);
}

/** What one role takes away another may give. */
function isAllowed(right: string, permissions: readonly Permission[]): boolean {
  return permissions.some(
    ({ actions, notActions }) =>
      actions.some((action) => covers(action, right)) && !notActions.some((action) => meets(action, right)),
  );
}

/** Whether all that fits the right fits the action. Both may have `*` for any characters, in any case. */
function covers(action: string, right: string): boolean {
  const parts = action.split('*').map((part) => part.replaceAll('.', String.raw`\.`));
  return new RegExp(`^${parts.join('.*')}$`, 'i').test(right);
}

/** Whether what is taken away is a part of the right, or the right a part of it. */
function meets(action: string, right: string): boolean {
  return covers(action, right) || covers(right, action);
}

function lacking(scope: string, missing: readonly string[], rights: readonly string[]): Finding {
  const role = JSON.stringify({
    Name: `GPU jobs at ${scope.split('/').at(-1) ?? scope}`,
    IsCustom: true,
    Description: 'What gpu-job-runner takes there.',
    Actions: rights,
    AssignableScopes: [scope.split('/').slice(0, 5).join('/')],
  });
  return {
    standing: 'failed',
    detail: `this identity may not ${missing.join(', ')} at ${scope}`,
    todo: `az role definition create --role-definition '${role}', then az role assignment create --role "GPU jobs at ${scope.split('/').at(-1) ?? scope}" --assignee-object-id PRINCIPAL --assignee-principal-type ServicePrincipal --scope ${scope}`,
  };
}
