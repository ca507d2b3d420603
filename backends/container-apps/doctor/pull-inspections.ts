// What the doctor inspects of the registries and identities that the policy names: whether jobs can pull by them.
import type { Inspection } from '../../../domain/backend/check';
import { environmentParts } from '../environment-id';
import type { ContainerAppsPlacement } from '../placement';
import { identityCheck, isIdentityId } from './identity-check';
import type { PolicyNames } from './policy-names';
import { nameOf } from './pull-roles';
import { registryCheck } from './registry-check';
import type { RegistryReads } from './registry-reads';

const ASK_AZURE = 'Look by `az account show` whether Resource Manager answers.';

/** None where the policy names none in full. `readsOf` is called when an inspection asks. */
export function pullInspections(
  placement: ContainerAppsPlacement,
  { registries, identities }: PolicyNames,
  readsOf: () => RegistryReads,
): readonly Inspection[] {
  const ids = identities.filter(isIdentityId);
  const likely = [
    placement.subscriptionId,
    environmentParts(placement).subscriptionId,
    ...ids.map((id) => id.split('/')[2] ?? ''),
  ];
  return [
    ...identities.map((identity) => {
      const name = `${placement.name} identity ${nameOf(identity)}`;
      return { name, todo: ASK_AZURE, check: () => identityCheck(name, identity, readsOf()) };
    }),
    ...registries.map((server) => {
      const name = `${placement.name} registry ${server}`;
      return { name, todo: ASK_AZURE, check: () => registryCheck(name, server, ids, likely, readsOf()) };
    }),
  ];
}
