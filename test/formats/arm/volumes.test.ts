// Volumes of a template's container group: shares whose keys only Azure knows, and names that only a deployment has.
import { notesOf, problemsOf, specOf } from '../support/parse';

const KEY =
  "[listKeys(resourceId('Microsoft.Storage/storageAccounts', parameters('account')), '2019-06-01').keys[0].value]";

function template(azureFile: object, more: object = {}): object {
  const container = {
    image: 'example/train:1',
    resources: { requests: { cpu: 1, memoryInGB: 1.5 } },
    volumeMounts: [{ name: 'share', mountPath: "[parameters('path')]" }],
  };
  return {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: {
      account: { type: 'string', defaultValue: 'account' },
      share: { type: 'string', defaultValue: 'datasets' },
      path: { type: 'string', defaultValue: '/data' },
    },
    resources: [
      {
        type: 'Microsoft.ContainerInstance/containerGroups',
        apiVersion: '2023-05-01',
        name: 'train',
        properties: {
          osType: 'Linux',
          restartPolicy: 'Never',
          containers: [{ name: 'train', properties: container }],
          volumes: [{ name: 'share', azureFile }],
          ...more,
        },
      },
    ],
  };
}

test('a share whose key a template asks Azure for is the volume of its name, with its expressions evaluated', () => {
  const document = template({
    shareName: "[parameters('share')]",
    storageAccountName: "[parameters('account')]",
    storageAccountKey: KEY,
  });
  expect(specOf(document)).toMatchObject({ volumes: [{ name: 'datasets', path: '/data' }] });
  expect(notesOf(document)).toContainEqual(
    expect.stringContaining(
      '"volumes": {"datasets":{"share":{"url":"https://account.file.core.windows.net/datasets","keyRef":"account-key"}}}',
    ),
  );
  expect(JSON.stringify(notesOf(document))).not.toContain('listKeys');
});

test('a key that is a secure parameter goes nowhere either', () => {
  const azureFile = {
    shareName: 'datasets',
    storageAccountName: 'a',
    storageAccountKey: "[parameters('key')]",
  };
  const document = { ...template(azureFile), parameters: { ...PATH, key: { type: 'secureString' } } };
  expect(specOf(document)).toMatchObject({ volumes: [{ name: 'datasets' }] });
});

const PATH = { path: { type: 'string', defaultValue: '/data' } };

test('an account whose name only a deployment has is told in the note alone; a share must be told', () => {
  const unknown = '[uniqueString(resourceGroup().id)]';
  expect(
    specOf(template({ shareName: 'd', storageAccountName: unknown, storageAccountKey: KEY })),
  ).toMatchObject({ volumes: [{ name: 'd' }] });
  expect(
    problemsOf(template({ shareName: unknown, storageAccountName: 'a', storageAccountKey: KEY })),
  ).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/\/resources\/0\/properties\/volumes\/0\/azureFile\/shareName can't be told: /),
    ]),
  );
});

test('a volume of secrets is refused as such, whatever its values are made from', () => {
  const volumes = [{ name: 'share', secret: { token: "[base64(parameters('key'))]" } }];
  const document = {
    ...template({}, { volumes }),
    parameters: { ...PATH, key: { type: 'secureString' } },
  };
  expect(problemsOf(document)).toEqual([
    expect.stringMatching(
      /\/resources\/0\/properties\/volumes\/0\/secret is refused: a secret reaches a program as a variable/,
    ),
  ]);
});
