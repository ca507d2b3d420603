// What the doctor finds of an identity that jobs pull their images with: whether it is there.
import { type Check, ok } from '../../../domain/backend/check';
import { checkWithGaps } from '../../findings';
import { mayNotRead, nameOf } from './pull-roles';
import type { RegistryReads } from './registry-reads';

const IDENTITY_ID =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/([^/]+)$/i;

export function isIdentityId(text: string): boolean {
  return IDENTITY_ID.test(text);
}

/** Rejects when Azure can't be asked. */
export async function identityCheck(called: string, identity: string, reads: RegistryReads): Promise<Check> {
  const [, subscription, group, name] = IDENTITY_ID.exec(identity) ?? [];
  if (subscription === undefined || group === undefined || name === undefined)
    return {
      name: called,
      standing: 'failed',
      detail: `"${identity}" is no id of a user-assigned identity`,
      todo: 'Set it in GPU_JOBS_POLICY to what this prints: az identity show --name NAME --resource-group GROUP --query id --output tsv',
    };
  const read = await reads.principalOf(identity);
  if (read.kind === 'forbidden')
    return checkWithGaps(called, '', [], [mayNotRead(`identity ${nameOf(identity)}`, identity)]);
  if (read.kind === 'read') return ok(called, `identity ${name} (${group}) is there`);
  return {
    name: called,
    standing: 'failed',
    detail: `there is no identity ${name} in resource group ${group} of subscription ${subscription}`,
    todo: `Make it: az identity create --name ${name} --resource-group ${group} --subscription ${subscription}. Or name another in GPU_JOBS_POLICY.`,
  };
}
