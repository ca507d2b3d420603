// Good templates, as Bicep writes them and as Resource Manager takes them, and Bicep source itself. Mutations start
// from them.

/** A template as Bicep writes it: types, copies, lambdas, functions of its own, a module. */
const BICEP = {
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  languageVersion: '2.0',
  contentVersion: '1.0.0.0',
  metadata: { _generator: { name: 'bicep', version: '0.33.93.31351', templateHash: '1' } },
  definitions: {
    variable: {
      type: 'object',
      properties: { name: { type: 'string' }, value: { type: 'string', nullable: true, minLength: 1 } },
      additionalProperties: false,
    },
  },
  functions: [
    {
      namespace: '__bicep',
      members: {
        tagged: {
          parameters: [{ type: 'string', name: 'image' }],
          output: { type: 'string', value: "[format('{0}:gpu', parameters('image'))]" },
        },
      },
    },
  ],
  parameters: {
    variables: {
      type: 'array',
      items: { $ref: '#/definitions/variable' },
      defaultValue: [{ name: 'A', value: '1' }, { name: 'B' }],
    },
    tags: { type: 'object', nullable: true },
    password: { type: 'securestring', defaultValue: '' },
    run: { type: 'string', defaultValue: "[concat('run-', newGuid())]" },
  },
  variables: {
    copy: [{ name: 'words', count: '[length(range(0, 2))]', input: "[concat('w', copyIndex('words'))]" }],
    credentials: [{ server: 'registry.example.com', password: "[parameters('password')]" }],
  },
  resources: {
    store: { existing: true, type: 'Microsoft.Storage/storageAccounts', apiVersion: '2023-01-01', name: 's' },
    module: {
      type: 'Microsoft.Resources/deployments',
      apiVersion: '2022-09-01',
      name: "[format('job-{0}', uniqueString(resourceGroup().id))]",
      copy: { name: 'module', count: 1 },
      properties: {
        expressionEvaluationOptions: { scope: 'inner' },
        mode: 'Incremental',
        parameters: {
          words: { value: "[variables('words')]" },
          tags: { value: "[parameters('tags')]" },
          variables: { value: "[parameters('variables')]" },
          image: { value: "[__bicep.tagged('registry.example.com/train')]" },
          credentials: {
            value: "[if(empty(parameters('password')), json('null'), variables('credentials'))]",
          },
        },
        template: {
          $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
          contentVersion: '1.0.0.0',
          parameters: {
            words: { type: 'array' },
            tags: { type: 'object', nullable: true },
            variables: { type: 'array' },
            image: { type: 'string' },
            credentials: { type: 'array', nullable: true },
          },
          resources: [
            {
              type: 'Microsoft.ContainerInstance/containerGroups',
              apiVersion: '2023-05-01',
              name: 'job',
              location: '[resourceGroup().location]',
              tags: "[union(createObject('team', 'vision'), coalesce(parameters('tags'), createObject()))]",
              dependsOn: ['store'],
              properties: {
                osType: 'Linux',
                restartPolicy: 'Never',
                imageRegistryCredentials: "[parameters('credentials')]",
                containers: [
                  {
                    name: 'c',
                    properties: {
                      image: "[parameters('image')]",
                      command: "[map(parameters('words'), lambda('w', toUpper(lambdaVariables('w'))))]",
                      copy: [
                        {
                          name: 'environmentVariables',
                          count: "[length(parameters('variables'))]",
                          input: {
                            name: "[parameters('variables')[copyIndex('environmentVariables')].name]",
                            value:
                              "[coalesce(tryGet(parameters('variables')[copyIndex('environmentVariables')], 'value'), '')]",
                          },
                        },
                      ],
                      resources: { requests: { cpu: "[int('4')]", memoryInGB: "[float('1.5')]" } },
                    },
                  },
                ],
              },
            },
          ],
        },
      },
    },
  },
};

const ANNOTATED = `// What Resource Manager takes besides.
{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", /* one job */
  "resources": [ {
    "type": "Microsoft.ContainerInstance/containerGroups", "name": "job", // its name
    "properties": { "osType": "Linux", "restartPolicy": "Never", "containers": [ { "name": "c", "properties": {
      "image": "train:1", "command": [ "sh", "-c", "# first
\tcd /data // there
./train.sh" ],
      "resources": { "requests": { "cpu": 1, "memoryInGB": 1.50e0 } } } } ] } } ]
}
`;

const BICEP_ITSELF = `// A job.
@description('Its name.')
param name string = 'job'
resource group 'Microsoft.ContainerInstance/containerGroups@2023-05-01' = {
  name: name
}
`;

export const BICEP_DOCUMENTS: readonly string[] = [JSON.stringify(BICEP, null, 2), ANNOTATED, BICEP_ITSELF];
