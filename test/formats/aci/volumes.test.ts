// What becomes of each kind of volume of a container group, and of its identities.
import { notesOf, problemsOf, specOf } from '../support/parse';
import { type Group, group } from './support';

const IN = '/properties/containers/0/properties';
const IDENTITY =
  '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/';

/** A group that mounts one volume of this kind at `/mnt`. */
function mounting(source: object, mount: object = {}): Group {
  return group({
    properties: { volumes: [{ name: 'v', ...source }] },
    container: { volumeMounts: [{ name: 'v', mountPath: '/mnt', ...mount }] },
  });
}

const SHARE = { shareName: 'models', storageAccountName: 'account', storageAccountKey: 'a2V5' };

test('a share of Azure Files is a volume of a placement, and its key goes nowhere', () => {
  const document = mounting({ azureFile: SHARE }, { mountPath: '/mnt/' });
  expect(specOf(document)).toMatchObject({ volumes: [{ name: 'models', path: '/mnt' }] });
  expect(JSON.stringify([specOf(document), notesOf(document)])).not.toContain('a2V5');
  expect(notesOf(document)).toEqual([
    expect.stringMatching(
      /^ignored \/properties\/volumes\/0\/azureFile\/storageAccountKey is not taken along/,
    ),
    expect.stringContaining(
      '"volumes": {"models":{"share":{"url":"https://account.file.core.windows.net/models","keyRef":"account-key"}}}',
    ),
  ]);
});

test.each([
  ['the share', mounting({ azureFile: { ...SHARE, readOnly: true } })],
  ['its mount', mounting({ azureFile: SHARE }, { readOnly: true })],
])('it is read-only where %s says so', (_what, document) => {
  expect(specOf(document)).toMatchObject({ volumes: [{ name: 'models', readOnly: true }] });
});

test('an emptyDir is scratch; names of volumes are read in any case', () => {
  const document = mounting({ emptyDir: {} }, { name: 'V', mountPath: '/scratch' });
  expect(specOf(document)).toMatchObject({ scratch: [{ path: '/scratch' }] });
});

test.each([
  ['secrets', { secret: { key: 'YQ==' } }, '/properties/volumes/0/secret is refused: ', 'secureValue'],
  [
    'a repository',
    { gitRepo: { repository: 'r' } },
    '/properties/volumes/0/gitRepo is refused: ',
    'git clone',
  ],
  ['a share without a name', { azureFile: {} }, '/properties/volumes/0/azureFile has no shareName', ''],
  ['no kind', {}, '/properties/volumes/0 names no kind', 'azureFile'],
])('%s can not be mounted: the error says what would work', (_what, source, problem, advice) => {
  const problems = problemsOf(mounting(source));
  expect(problems).toEqual([expect.stringContaining(problem)]);
  expect(problems[0]).toContain(advice);
});

test('two shares of one name, of two accounts, can not both be mounted', () => {
  const document = group({
    properties: {
      volumes: [
        { name: 'a', azureFile: SHARE },
        { name: 'b', azureFile: { ...SHARE, storageAccountName: 'other' } },
      ],
    },
    container: {
      volumeMounts: [
        { name: 'a', mountPath: '/a' },
        { name: 'b', mountPath: '/b' },
      ],
    },
  });
  expect(problemsOf(document)).toEqual([
    expect.stringContaining(
      `${IN}/volumeMounts/1 mounts share models of other, which would be the volume "models", as share models of account is already`,
    ),
  ]);
});

test('a mount of what the group does not name, or at a path that is none, is refused at its place', () => {
  expect(problemsOf(group({ container: { volumeMounts: [{ name: 'v', mountPath: '/v' }] } }))).toEqual([
    expect.stringContaining(`${IN}/volumeMounts/0 mounts a volume that the group does not name`),
  ]);
  expect(problemsOf(mounting({ emptyDir: {} }, { mountPath: '/a/../b' }))).toEqual([
    expect.stringContaining(`${IN}/volumeMounts/0/mountPath must be an absolute path`),
  ]);
});

describe('of the identities of a group', () => {
  const assigned = (...names: string[]): object => ({
    identity: {
      type: 'UserAssigned',
      userAssignedIdentities: Object.fromEntries(names.map((name) => [IDENTITY + name, {}])),
    },
  });
  const properties = {
    imageRegistryCredentials: [{ server: 'r.example.com', identity: `${IDENTITY}pull` }],
  };

  test('the one that pulls the image is of the registry, another one is of the program', () => {
    const document = group({ properties, top: assigned('pull', 'Trainer_1') });
    expect(specOf(document)).toMatchObject({
      registry: { identity: `${IDENTITY}pull` },
      identity: 'trainer-1',
    });
    expect(notesOf(document)).toContainEqual(
      expect.stringContaining(`"identities": {"trainer-1":{"id":"${IDENTITY}Trainer_1"}}`),
    );
  });

  test('a third one is refused', () => {
    expect(problemsOf(group({ properties, top: assigned('pull', 'a', 'b') }))).toEqual([
      expect.stringMatching(/userAssignedIdentities\/.*~1b is refused: a program signs in as one identity/),
    ]);
  });

  test('one of its own is refused, with what would work', () => {
    expect(problemsOf(group({ top: { identity: { type: 'SystemAssigned' } } }))).toEqual([
      expect.stringMatching(/^\/identity\/type is refused: .*"identities": { NAME: { "id": ID } }/),
    ]);
  });
});
