// Registry credentials and managed identities of a group -> the spec's registry.
import { registryNamed, registryOf } from '../../domain/spec/image-reference';
import type { Draft } from '../draft';
import { draftIdentity } from '../offered';
import type { Reader } from '../reader';
import { fieldsOf } from './fields';

/** `image` is the container's image: of several credentials the one for its registry is taken. */
export function draftRegistry(
  draft: Draft,
  credentials: Reader,
  identity: Reader,
  image: string | undefined,
): void {
  const all = credentials.items();
  const server = image === undefined ? undefined : registryOf(image);
  const matching = all.filter((item) => serverOf(item) === server);
  const [chosen] = matching.length > 0 || all.length > 1 ? matching : all;
  for (const other of all)
    if (other !== chosen) other.ignored(`has no effect: the image comes from ${server ?? 'elsewhere'}`);
  const used = chosen === undefined ? undefined : draftOne(draft, chosen);
  draftIdentities(draft, identity, used);
}

/** Gives the identity that pulls the image, if one does. */
function draftOne(draft: Draft, credential: Reader): string | undefined {
  const field = fieldsOf(credential, 'registry credentials', {
    server: 'read',
    username: 'read',
    password: {
      refused:
        'a registry password in a document would be stored with the job. Give an `identity` that may pull; or leave the password out, convert the document and name a secret of the key vault in `registry.passwordRef` of the spec',
    },
    passwordReference: { refused: 'name a key vault secret in `registry.passwordRef` of the native form' },
    identity: 'read',
    identityUrl: { ignored: 'the identity itself is used' },
    isDelegatedIdentity: { refused: 'the identity must be one of the same tenant' },
  });
  const identity = field('identity').text();
  if (field('username').present && !field('password').present && identity === undefined)
    field('username').warning(
      'comes without a password, for `az container export` leaves passwords out: the registry will refuse the pull. Give an `identity` that may pull, or convert the document and name a secret of the key vault in `registry.passwordRef` of the spec',
    );
  if (!field('server').present) credential.problem('has no server');
  const registry = {
    server: field('server').text(),
    identity,
    username: field('username').text(),
  };
  draft.set(
    'registry',
    Object.fromEntries(Object.entries(registry).filter(([, value]) => value !== undefined)),
    credential,
  );
  for (const name of ['server', 'identity', 'username'] as const) draft.came(['registry', name], field(name));
  return identity;
}

/** Of the group's identities the one that pulls the image is the registry's; one more is the program's own. */
function draftIdentities(draft: Draft, identity: Reader, pulls: string | undefined): void {
  const field = fieldsOf(identity, 'an identity', {
    type: 'read',
    userAssignedIdentities: 'read',
    user_assigned_identities: 'read', // As `az container export` writes it.
    principalId: 'harmless',
    tenantId: 'harmless',
  });
  const type = field('type').text() ?? 'None';
  if (/SystemAssigned/i.test(type))
    field('type').problem(
      'is refused: such an identity comes and goes with its group, so no rights could be given to it beforehand. Make a user-assigned identity, have the placement offer it ("identities": { NAME: { "id": ID } }), and name that one here',
    );
  const assigned = [field('userAssignedIdentities'), field('user_assigned_identities')];
  const [own, ...more] = assigned
    .flatMap(identitiesOf)
    .filter(({ name }) => name.toLowerCase() !== pulls?.toLowerCase());
  if (own !== undefined) draftIdentity(draft, own.reader, own.name.split('/').at(-1) ?? '', { id: own.name });
  for (const { reader } of more)
    reader.problem(
      'is refused: a program signs in as one identity, beside the one that pulls its image; leave the others out, or give that one their rights',
    );
}

function identitiesOf(assigned: Reader): { name: string; reader: Reader }[] {
  if (!assigned.present || !assigned.isMapping()) return [];
  return Object.keys(assigned.value ?? {}).map((name) => ({ name, reader: assigned.at(name) }));
}

/** The registry that an entry is for, by the name that references have for it. */
function serverOf(item: Reader): string | undefined {
  const server = textIn(item, 'server');
  return server === undefined ? undefined : registryNamed(server);
}

function textIn(item: Reader, key: string): string | undefined {
  const value = item.at(key).value;
  return typeof value === 'string' ? value : undefined;
}
