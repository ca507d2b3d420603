// What the doctor finds of an identity that programs have on Azure: whether it is there, is the one that they are told,
// and may be given to workloads.
import { z } from 'zod';

import type { Check, Inspection } from '../../domain/backend/check';
import { isSameName } from '../../domain/parse/any-case';
import { checkWithGaps, type Finding } from '../findings';
import type { ArmReads } from './arm-reads';
import { IDENTITY_RIGHTS } from './identity-rights';
import { holds, permissionsAt } from './own-rights';

const API_VERSION = '2023-01-31';
const identitySchema = z.object({ properties: z.object({ clientId: z.guid() }) });

interface Offering {
  readonly name: string;
  readonly identities?: Readonly<Record<string, Entry>> | undefined;
}

interface Entry {
  readonly id: string;
  readonly clientId?: string | undefined;
}

/** One for each identity of the placement. `readsOf` is called when an inspection asks. */
export function programIdentityInspections(
  { name: placement, identities = {} }: Offering,
  readsOf: () => ArmReads,
): Inspection[] {
  return Object.entries(identities).map(([identity, entry]) => {
    const name = `${placement} identity ${identity}`;
    const todo = 'Look by `az account show` whether Resource Manager answers.';
    return { name, todo, check: () => programIdentityCheck(name, identity, entry, readsOf()) };
  });
}

async function programIdentityCheck(
  called: string,
  identity: string,
  { id, clientId }: Entry,
  reads: ArmReads,
): Promise<Check> {
  const read = await reads.one(id, API_VERSION, identitySchema);
  const [, , subscription = '', , group = ''] = id.split('/');
  const name = id.split('/').at(-1) ?? id;
  if (read.kind === 'absent')
    return checkWithGaps(
      called,
      '',
      [
        {
          standing: 'failed',
          detail: `there is no identity ${name} in resource group ${group} of subscription ${subscription}: a create with it is refused`,
          todo: `Make it: az identity create --name ${name} --resource-group ${group} --subscription ${subscription}. Or name another in the placement's "identities".`,
        },
      ],
      [],
    );
  const permissions = await permissionsAt(id, reads);
  const missing = permissions === undefined ? [] : IDENTITY_RIGHTS.filter((one) => !holds(permissions, one));
  const findings = [
    ...(read.kind === 'read' ? otherClient(identity, clientId, read.value.properties.clientId) : []),
    ...missing.map((right) => mayNotAssign(right, id)),
  ];
  const gaps = [
    ...(read.kind === 'read'
      ? []
      : [
          {
            detail: `this identity may not read ${name}`,
            todo: `To have it read: az role assignment create --role Reader --assignee-object-id PRINCIPAL --assignee-principal-type ServicePrincipal --scope ${id}`,
          },
        ]),
    ...(permissions === undefined
      ? [{ detail: `Azure does not tell this identity its rights at ${id}`, todo: assign(id) }]
      : []),
  ];
  return checkWithGaps(
    called,
    `identity ${name} (${group}) is there, and workloads may be given it`,
    findings,
    gaps,
  );
}

function otherClient(identity: string, told: string | undefined, real: string): Finding[] {
  if (told !== undefined && isSameName(told, real)) return [];
  const set = `Set "clientId": "${real}" at "${identity}" of the placement's "identities".`;
  return told === undefined
    ? [
        {
          standing: 'warning',
          detail: `programs are not told its client id: one whose workload pulls by another identity may sign in as that`,
          todo: set,
        },
      ]
    : [
        {
          standing: 'failed',
          detail: `programs are told the client id ${told}, and the identity has ${real}`,
          todo: set,
        },
      ];
}

function mayNotAssign(right: string, id: string): Finding {
  return { standing: 'failed', detail: `this identity may not ${right} at ${id}`, todo: assign(id) };
}

/** The built-in role that has the right and no more of it than reads. */
function assign(id: string): string {
  return `az role assignment create --role "Managed Identity Operator" --assignee-object-id PRINCIPAL --assignee-principal-type ServicePrincipal --scope ${id}`;
}
