// What `az container export` writes beside what its author wrote, and what it leaves out.
import { notesOf, problemsOf, specOf } from '../support/parse';
import { group } from './support';

const IDENTITY =
  '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i';
const SERVER = 'k8s-gcrio.azureedge.net';
const plain = specOf(group());

describe('an exported group', () => {
  test('is the group that was created: what the service and the tool add says nothing', () => {
    const exported = group({
      properties: {
        provisioningTimeoutInSeconds: 1800,
        isCustomProvisioningTimeout: false,
        isCreatedFromStandbyPool: false,
        provisioningState: 'Succeeded',
        instanceView: { state: 'Running', events: [] },
        initContainers: [],
        imageRegistryCredentials: [],
        volumes: [],
        extensions: [],
        priority: null,
        sku: 'Standard',
      },
      container: {
        configMap: { keyValuePairs: {} },
        ports: [],
        volumeMounts: null,
        instanceView: { restartCount: 0 },
        securityContext: {},
      },
      top: {
        additional_properties: {},
        extended_location: null,
        tags: {},
        type: 'Microsoft.ContainerInstance/containerGroups',
        location: 'eastus',
        systemData: { createdBy: 'somebody' },
      },
    });
    expect(specOf(exported)).toEqual(plain);
    expect(notesOf(exported)).toEqual([expect.stringMatching(/^ignored \/location /)]);
  });

  test('may be called by names in any case', () => {
    const { properties, ...top } = group();
    expect(specOf({ ...top, Properties: properties })).toEqual(plain);
  });

  test('has its identity under the name that the tool gives it', () => {
    const exported = group({
      properties: {
        imageRegistryCredentials: [{ server: SERVER, identity: IDENTITY, isDelegatedIdentity: false }],
      },
      top: { identity: { type: 'UserAssigned', user_assigned_identities: { [IDENTITY]: {} } } },
    });
    expect(specOf(exported)).toMatchObject({ registry: { server: SERVER, identity: IDENTITY } });
    const another = { type: 'UserAssigned', user_assigned_identities: { [`${IDENTITY}2`]: {} } };
    expect(specOf(group({ top: { identity: another } }))).toMatchObject({ identity: 'i2' });
  });

  test.each([
    ['as the service shows it', { isCustomProvisioningTimeout: true, provisioningTimeoutInSeconds: 3600 }],
    ['as a text', { isCustomProvisioningTimeout: 'True', provisioningTimeoutInSeconds: 3600 }],
    ['as it is asked for', { customProvisioningTimeoutInSeconds: 3600 }],
  ])(
    'with a provisioning timeout of its own, %s, gets the advice that the spec has a deadline for it',
    (_how, properties) => {
      const exported = group({ properties });
      expect(specOf(exported)).toEqual(plain);
      expect(notesOf(exported)).toEqual([
        expect.stringMatching(/^ignored .*ProvisioningTimeoutInSeconds .*`deadlines\.provisioning`/i),
      ]);
    },
  );

  test('with values in its config map is refused at them', () => {
    const exported = group({ container: { configMap: { keyValuePairs: { A: '1' } } } });
    expect(problemsOf(exported)).toEqual([
      expect.stringMatching(/configMap\/keyValuePairs is refused: put its values into environmentVariables/),
    ]);
  });

  test('whose registry password was left out is taken, so that it can be converted, and says what is missing', () => {
    const exported = group({
      properties: {
        imageRegistryCredentials: [{ server: SERVER, username: 'puller', isDelegatedIdentity: false }],
      },
    });
    expect(specOf(exported)).toMatchObject({ registry: { server: SERVER, username: 'puller' } });
    expect(notesOf(exported)).toEqual([
      expect.stringMatching(/^warning .*username .*leaves passwords out.*`registry\.passwordRef`/),
    ]);
  });

  test('whose secure variable was left out is refused, and taken once it has its value again', () => {
    const of = (variable: object): object =>
      group({ container: { environmentVariables: [{ name: 'TOKEN', ...variable }] } });
    expect(problemsOf(of({}))).toEqual([
      expect.stringMatching(/`az container export`.*secureValue.*secretRef/),
    ]);
    expect(specOf(of({ secureValue: 'hush' }))).toMatchObject({ env: { TOKEN: { secure: 'hush' } } });
  });
});
