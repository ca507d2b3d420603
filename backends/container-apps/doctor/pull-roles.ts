// Whether an identity may pull from a registry: by the roles that it has there or above.
import { allows, allowsOnData } from '../../arm/permissions';
import type { Finding, Gap } from '../../findings';
import type { Registry, RegistryReads, Role } from './registry-reads';

/** docs/facts/container-apps.md#pulls-by-identity */
const PULL = 'Microsoft.ContainerRegistry/registries/pull/read';
const PULL_BY_REPOSITORY = 'Microsoft.ContainerRegistry/registries/repositories/content/read';
const BY_REPOSITORY = 'AbacRepositoryPermissions';

export type PullVerdict =
  | { readonly kind: 'pulls'; readonly by: string }
  | { readonly kind: 'fault'; readonly finding: Finding }
  | { readonly kind: 'untold'; readonly gap: Gap };

/** Undefined of an identity that is not there: its own inspection says so. */
export async function pullVerdict(
  registry: Registry,
  identity: string,
  reads: RegistryReads,
): Promise<PullVerdict | undefined> {
  const principal = await reads.principalOf(identity);
  if (principal.kind === 'absent') return undefined;
  if (principal.kind === 'forbidden') return untold(`identity ${identity}`, identity);
  const assigned = await reads.assignments(registry.id, principal.value);
  if (assigned.kind !== 'read') return untold(`role assignments at registry ${registry.name}`, registry.id);
  const isByRepository = registry.properties.roleAssignmentMode === BY_REPOSITORY;
  const others: string[] = [];
  let limited: string | undefined;
  for (const { roleDefinitionId, condition } of assigned.value) {
    const read = await reads.role(roleDefinitionId);
    if (read.kind === 'forbidden') return untold(`role ${roleDefinitionId}`, registry.id);
    if (read.kind === 'absent') continue;
    const { roleName } = read.value;
    if (!pulls(read.value, isByRepository)) others.push(roleName);
    else if (typeof condition === 'string') limited = roleName;
    else return { kind: 'pulls', by: roleName };
  }
  if (limited !== undefined)
    return { kind: 'pulls', by: `${limited}, from the repositories that its condition lets through` };
  return { kind: 'fault', finding: lacking(registry, identity, principal.value, others, isByRepository) };
}

function pulls({ permissions }: Role, isByRepository: boolean): boolean {
  return isByRepository ? allowsOnData(permissions, PULL_BY_REPOSITORY) : allows(permissions, PULL);
}

function lacking(
  { id, name }: Registry,
  identity: string,
  principalId: string,
  others: readonly string[],
  isByRepository: boolean,
): Finding {
  const role = isByRepository ? 'Container Registry Repository Reader' : 'AcrPull';
  const has = others.length === 0 ? 'no role there' : `only ${others.join(', ')} there`;
  const why = isByRepository
    ? ', and the registry judges by repositories, for which AcrPull counts for nothing'
    : '';
  return {
    standing: 'failed',
    detail: `identity ${nameOf(identity)} may not pull from registry ${name}: it has ${has}${why}`,
    todo: `az role assignment create --role "${role}" --assignee-object-id ${principalId} --assignee-principal-type ServicePrincipal --scope ${id}`,
  };
}

function untold(what: string, scope: string): PullVerdict {
  return { kind: 'untold', gap: mayNotRead(what, scope) };
}

/** What this identity may not read, and the command that lets it. */
export function mayNotRead(what: string, scope: string): Gap {
  return {
    detail: `this identity may not read ${what}`,
    todo: `Look as somebody who may, or let it: az role assignment create --role Reader --assignee-object-id PRINCIPAL --assignee-principal-type ServicePrincipal --scope ${scope}`,
  };
}

export function nameOf(identity: string): string {
  return identity.split('/').at(-1) ?? identity;
}
