// The user-assigned identities that a workload on Azure has: what its program is, and what pulls its image. Pure.
import { TerminalError } from '../../domain/errors';
import { isSameName } from '../../domain/parse/any-case';
import type { Placement } from '../../domain/placement/placement';
import type { JobSpec } from '../../domain/spec/job-spec';

/** What Azure's libraries take for the identity that they sign in as, where a workload has more than one. */
const CLIENT_ID = 'AZURE_CLIENT_ID';

interface Offering extends Pick<Placement, 'name'> {
  readonly identities?:
    Readonly<Record<string, { readonly id: string; readonly clientId?: string | undefined }>> | undefined;
}

/** What Resource Manager takes as a resource's `identity`. */
interface AssignedIdentities {
  readonly type: 'UserAssigned';
  readonly userAssignedIdentities: Record<string, Record<string, never>>;
}

/**
 * Of the workload of this spec; undefined where it has none. An identity that both pulls and runs stands there once.
 * @throws TerminalError for an identity that the placement does not offer any more.
 */
export function identitiesOf(spec: JobSpec, placement: Offering): AssignedIdentities | undefined {
  const ids = [spec.registry?.identity, programIdentity(spec, placement)?.id].filter(
    (id) => id !== undefined,
  );
  const distinct = ids.filter((id, index) => ids.findIndex((other) => isSameName(other, id)) === index);
  if (distinct.length === 0) return undefined;
  return {
    type: 'UserAssigned',
    userAssignedIdentities: Object.fromEntries(distinct.map((id) => [id, {}])),
  };
}

/** The variable that tells a program who it is; none where the placement does not know or the spec says it itself. */
export function identityVariables(spec: JobSpec, placement: Offering): Readonly<Record<string, string>> {
  const clientId = programIdentity(spec, placement)?.clientId;
  return clientId === undefined || spec.env?.[CLIENT_ID] !== undefined ? {} : { [CLIENT_ID]: clientId };
}

function programIdentity(
  { identity }: JobSpec,
  { name, identities = {} }: Offering,
): { readonly id: string; readonly clientId?: string | undefined } | undefined {
  if (identity === undefined) return undefined;
  const entry = Object.hasOwn(identities, identity) ? identities[identity] : undefined;
  if (entry !== undefined) return entry;
  throw new TerminalError(
    `Placement ${name} offers no identity "${identity}"; its identities must have changed after the job was accepted.`,
    { placement: name },
  );
}
