// Documents with the right names in the wrong places: JSON and YAML of random shape over the formats' vocabulary.
import * as fc from 'fast-check';
import { stringify } from 'yaml';

const NAMES = [
  ...[
    'image',
    'command',
    'args',
    'env',
    'resources',
    'cpu',
    'memoryGb',
    'gpu',
    'count',
    'sku',
    'registry',
    'labels',
    'retry',
    'deadlines',
    'name',
    'placements',
    'secure',
    'secretRef',
    'kubernetes',
  ],
  ...[
    'properties',
    'containers',
    'requests',
    'limits',
    'memoryInGB',
    'memoryInGb',
    'environmentVariables',
    'value',
    'secureValue',
    'osType',
    'restartPolicy',
    'identity',
    'userAssignedIdentities',
    'imageRegistryCredentials',
    'tags',
    'type',
    'volumes',
    'zones',
  ],
  ...[
    '$schema',
    'template',
    'parameters',
    'variables',
    'defaultValue',
    'allowedValues',
    'condition',
    'location',
    'dependsOn',
    'copy',
    'input',
    'definitions',
    '$ref',
    'nullable',
    'existing',
    'functions',
    'expressionEvaluationOptions',
    'languageVersion',
  ],
  ...[
    'apiVersion',
    'kind',
    'metadata',
    'annotations',
    'spec',
    'backoffLimit',
    'valueFrom',
    'secretKeyRef',
    'key',
    'nvidia.com/gpu',
    'alpha.kubernetes.io/nvidia-gpu',
    'memory',
    'nodeSelector',
    'tolerations',
    'podFailurePolicy',
    'volumeMounts',
    'hostPath',
  ],
  ...['constructor', 'toString', 'prototype', 'hasOwnProperty', 'length', '', '0'],
];

const VALUES = [
  ...[
    'Job',
    'Pod',
    'batch/v1',
    'v1',
    'Microsoft.ContainerInstance/containerGroups',
    'Linux',
    'Always',
    'OnFailure',
    'i',
    '500m',
    '1Gi',
    '2',
  ],
  ...['https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#'],
  ...[
    "[parameters('name')]",
    "[variables('image')]",
    "[createObject('constructor', 1)]",
    "[json('[[[[]]]]')]",
    "[copyIndex('name')]",
    "[map(range(0, 5), lambda('x', lambdaVariables('x')))]",
    '#/definitions/name',
    'Microsoft.Resources/deployments',
    '[resourceGroup().location]',
  ],
  ...[0, 1, 2, -1, 1.5, 1e308, true, false, null],
];

const { structure } = fc.letrec<{ structure: unknown }>((tie) => ({
  structure: fc.oneof(
    { maxDepth: 6, depthSize: 'small' },
    fc.oneof(fc.constantFrom<unknown>(...VALUES), fc.string({ maxLength: 12 }), fc.double()),
    fc.array(tie('structure'), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(
        { arbitrary: fc.constantFrom(...NAMES), weight: 9 },
        { arbitrary: fc.string({ maxLength: 8 }), weight: 1 },
      ),
      tie('structure'),
      { maxKeys: 6, noNullPrototype: true },
    ),
  ),
}));

/** A mapping whose first members say which format it might be. */
const top = fc.tuple(
  fc.constantFrom<Record<string, unknown>>(
    {},
    { image: 'i' },
    { properties: {} },
    { apiVersion: 'batch/v1', kind: 'Job' },
    { apiVersion: 'v1', kind: 'Pod' },
    { $schema: 'https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#' },
    { template: { resources: [{ type: 'Microsoft.ContainerInstance/containerGroups' }] } },
  ),
  fc.dictionary(fc.constantFrom(...NAMES), structure, { maxKeys: 8, noNullPrototype: true }),
);

export const structures: fc.Arbitrary<string> = fc
  .tuple(top, fc.constantFrom('json', 'pretty', 'yaml'))
  .map(([[start, rest], as]) => {
    const value = { ...rest, ...start };
    if (as === 'yaml') return stringify(value);
    return JSON.stringify(value, null, as === 'pretty' ? 2 : 0);
  });
