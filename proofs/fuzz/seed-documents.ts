// Good documents of every format, from which mutations start.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { stringify } from 'yaml';

import { BICEP_DOCUMENTS } from './bicep-documents';

/** The folders of the documentation's samples and of documents as people have them. */
const FOLDERS = ['samples', 'test/fixtures/documents'].map((name) => resolve(__dirname, '../..', name));

/** A document with every field that the formats know, and the documents of these folders. */
export function seedDocuments(): readonly string[] {
  const own = [NATIVE, ACI, JSON.stringify(TEMPLATE, null, 2), stringify(TEMPLATE), KUBERNETES];
  return [...own, ...BICEP_DOCUMENTS, ...written()];
}

function written(): string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(json|ya?ml)$/.test(name))
      .sort()
      .map((name) => readFileSync(join(folder, name), 'utf8')),
  );
}

const NATIVE = `
image: registry.example.com/train:1
command: [python, train.py]
args: ["--steps", "10"]
env:
  PLAIN: text
  FROM_VAULT: { secretRef: api-key }
  LITERAL: { secure: hush }
resources: { cpu: 4, memoryGb: 12.5 }
gpu: { count: 1, sku: V100 }
registry: { server: registry.example.com, identity: /subscriptions/s/id }
deadlines: { queued: 3600, provisioning: 1200, pulling: 600, running: 7200, archiving: 60 }
retry: { attempts: 2, rerunAfterStart: true, exitCodes: [75] }
placements: [east, west]
concurrencyKey: one-at-a-time
labels: &labels { team: vision }
idempotencyKey: nightly
name: train
`;

const ACI = `
additional_properties: {}
apiVersion: '2019-12-01'
location: eastus
name: gpucontainergroup
tags: { team: vision }
identity: { type: UserAssigned, userAssignedIdentities: { /subscriptions/s/id: {} } }
properties:
  containers:
  - name: gpucontainer
    properties:
      image: registry.example.com/cuda-vector-add:v0.1
      command: [/bin/sh, -c, run]
      environmentVariables:
      - { name: A, value: "1" }
      - { name: B, secureValue: hush }
      ports: [{ port: 80, protocol: TCP }]
      resources:
        requests: { cpu: 1.0, memoryInGB: 1.5, gpu: { count: 1, sku: K80 } }
        limits: { cpu: 2 }
      volumeMounts: []
  imageRegistryCredentials: [{ server: registry.example.com, identity: /subscriptions/s/id }]
  ipAddress: { type: Public, ports: [{ port: 80 }] }
  volumes: [{ name: data, emptyDir: {} }]
  osType: Linux
  priority: Regular
  restartPolicy: OnFailure
`;

const TEMPLATE = {
  $schema: 'https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  parameters: {
    containerGroupName: { type: 'string', defaultValue: 'group', metadata: { description: 'Name.' } },
    cpu: { type: 'int', defaultValue: 4, minValue: 1 },
    secret: { type: 'secureString', defaultValue: 'hush' },
  },
  variables: {
    image: "[format('{0}/{1}:gpu', 'registry.example.com', toLower('TRAIN'))]",
    sizes: { large: { memory: 12 } },
    list: ["[concat('a', '-', uniqueString(resourceGroup().id))]"],
  },
  resources: [
    { type: 'Microsoft.Storage/storageAccounts', name: 'store', apiVersion: '2019-06-01' },
    {
      name: "[parameters('containerGroupName')]",
      type: 'Microsoft.ContainerInstance/containerGroups',
      apiVersion: '2019-12-01',
      location: '[resourceGroup().location]',
      condition: "[not(equals('a', 'b'))]",
      properties: {
        containers: [
          {
            name: 'c',
            properties: {
              image: "[variables('image')]",
              environmentVariables: [
                { name: 'A', value: "[if(empty(variables('list')), 'x', variables('list')[0])]" },
                { name: 'S', secureValue: "[parameters('secret')]" },
              ],
              resources: {
                requests: {
                  cpu: "[parameters('cpu')]",
                  memoryInGb: "[variables('sizes').large.memory]",
                  gpu: { count: 1, sku: 'V100' },
                },
              },
            },
          },
        ],
        osType: 'Linux',
        restartPolicy: 'OnFailure',
      },
    },
  ],
};

const KUBERNETES = `
apiVersion: v1
kind: ConfigMap
metadata: { name: other }
---
apiVersion: batch/v1
kind: Job
metadata:
  name: samples-tf-mnist-demo
  labels: { app: samples-tf-mnist-demo }
spec:
  backoffLimit: 2
  activeDeadlineSeconds: 3600
  template:
    metadata: { labels: { app: samples-tf-mnist-demo } }
    spec:
      containers:
      - name: c
        image: registry.example.com/train:1
        command: [python, train.py]
        args: ["--max_steps", "$(STEPS)"]
        imagePullPolicy: IfNotPresent
        env:
        - { name: STEPS, value: "500" }
        - { name: KEY, valueFrom: { secretKeyRef: { name: api, key: token } } }
        resources:
          requests: { cpu: 500m, memory: 1Gi }
          limits: { nvidia.com/gpu: 1, cpu: "2", memory: 4G }
      restartPolicy: OnFailure
      nodeSelector: { accelerator: nvidia }
      tolerations: [{ key: sku, operator: Equal, value: gpu, effect: NoSchedule }]
`;
