// ACI YAML: what a container group says of a job, what has no effect, what can't be.
import { notesOf, problemsOf, specOf } from '../support/parse';
import { group } from './support';

const IN = '/properties/containers/0/properties';

test('the file of the guide is taken as it is', () => {
  const file = `
additional_properties: {}
apiVersion: '2019-12-01'
name: gpucontainergroup
properties:
  containers:
  - name: gpucontainer
    properties:
      image: k8s-gcrio.azureedge.net/cuda-vector-add:v0.1
      resources:
        requests:
          cpu: 1.0
          memoryInGB: 1.5
          gpu:
            count: 1
            sku: K80
  osType: Linux
  restartPolicy: OnFailure
`;
  expect(specOf(file)).toEqual({
    name: 'gpucontainergroup',
    image: 'k8s-gcrio.azureedge.net/cuda-vector-add:v0.1',
    resources: { cpu: 1, memoryGb: 1.5 },
    gpu: { count: 1, sku: 'K80' },
  });
  expect(notesOf(file)).toEqual([
    expect.stringMatching(/^translated \/properties\/restartPolicy OnFailure: /),
  ]);
});

test('what `az container export` adds says nothing of the job', () => {
  const document = group({
    top: {
      type: 'Microsoft.ContainerInstance/containerGroups',
      id: '/x',
      tags: {},
      zones: null,
      identity: null,
    },
    properties: {
      initContainers: [],
      volumes: null,
      provisioningState: 'Succeeded',
      isCreatedFromStandbyPool: false,
    },
    container: { ports: [], volumeMounts: null, environmentVariables: [], command: [] },
  });
  expect(specOf(document)).toEqual(specOf(group()));
  expect(notesOf(document)).toEqual([]);
});

test('names of fields are read in any case, as Azure does', () => {
  const text = JSON.stringify(group()).replace('memoryInGB', 'memoryInGb').replace('osType', 'ostype');
  expect(specOf(text)).toEqual(specOf(group()));
});

test('a field in two spellings is a problem', () => {
  expect(problemsOf(group({ requests: { memoryInGb: 2 } }))[0]).toMatch(/memoryInGb stands twice/);
});

test('command, environment, secrets, tags and registry become those of the spec', () => {
  const document = group({
    container: {
      image: 'r.example.com/a:1',
      command: ['python', 'train.py'],
      environmentVariables: [
        { name: 'A', value: '1' },
        { name: 'S', secureValue: 'hush' },
      ],
    },
    properties: {
      imageRegistryCredentials: [
        { server: 'other.example.com', username: 'u' },
        { server: 'r.example.com', identity: '/subscriptions/s/id' },
      ],
    },
    top: {
      tags: { team: 'vision' },
      identity: { type: 'UserAssigned', userAssignedIdentities: { '/subscriptions/s/ID': {} } },
    },
  });
  expect(specOf(document)).toMatchObject({
    command: ['python', 'train.py'],
    env: { A: '1', S: { secure: 'hush' } },
    registry: { server: 'r.example.com', identity: '/subscriptions/s/id' },
    labels: { team: 'vision' },
  });
  expect(notesOf(document)).toContainEqual(
    expect.stringMatching(/^ignored \/properties\/imageRegistryCredentials\/0 .* r.example.com/),
  );
});

test('amounts may be texts, as templates often have them', () => {
  expect(specOf(group({ requests: { cpu: '2', memoryInGB: '3.5' } }))).toMatchObject({
    resources: { cpu: 2, memoryGb: 3.5 },
  });
});

describe('what has no effect is noted', () => {
  test.each([
    ['a location', group({ top: { location: 'eastus' } }), 'ignored /location'],
    ['ports', group({ container: { ports: [{ port: 80 }] } }), `ignored ${IN}/ports`],
    ['an address', group({ properties: { ipAddress: { type: 'Public' } } }), 'ignored /properties/ipAddress'],
    ['a probe', group({ container: { livenessProbe: { exec: {} } } }), `ignored ${IN}/livenessProbe`],
    [
      'limits',
      group({ container: { resources: { requests: { cpu: 1, memoryInGB: 1 }, limits: { cpu: 2 } } } }),
      `ignored ${IN}/resources/limits`,
    ],
    [
      'volumes that nobody mounts',
      group({ properties: { volumes: [{ name: 'v', emptyDir: {} }] } }),
      'ignored /properties/volumes/0',
    ],
    [
      'diagnostics',
      group({ properties: { diagnostics: { logAnalytics: {} } } }),
      'ignored /properties/diagnostics',
    ],
    [
      'Spot without a GPU',
      group({ requests: { gpu: null }, properties: { priority: 'Spot' } }),
      'warning /properties/priority',
    ],
    ['a GPU of no SKU', group({ requests: { gpu: { count: 2 } } }), `warning ${IN}/resources/requests/gpu`],
  ])('%s', (_what, document, note) => {
    expect(notesOf(document)).toEqual([expect.stringMatching(new RegExp(`^${note} .`))]);
  });
});

describe('what a job can not be is refused', () => {
  test.each([
    [
      'no container',
      group({ properties: { containers: [] } }),
      /^\/properties\/containers names no container/,
    ],
    [
      'an init container',
      group({ properties: { initContainers: [{ name: 'i' }] } }),
      /initContainers is refused/,
    ],
    ['Windows', group({ properties: { osType: 'Windows' } }), /GPUs never came with Windows/],
    ['a GPU at Spot priority', group({ properties: { priority: 'Spot' } }), /no GPU at Spot priority/],
    ['a subnet', group({ properties: { subnetIds: [{ id: 'x' }] } }), /virtual network/],
    [
      'DNS of its own',
      group({ properties: { dnsConfig: { nameServers: ['1.1.1.1'] } } }),
      /dnsConfig is refused/,
    ],
    ['a zone', group({ top: { zones: ['1'] } }), /^\/zones is refused/],
    ['a confidential group', group({ properties: { sku: 'Confidential' } }), /^\/properties\/sku is refused/],
    [
      'an identity of the group',
      group({ top: { identity: { type: 'SystemAssigned' } } }),
      /^\/identity\/type is refused/,
    ],
    [
      'a registry password',
      group({
        properties: {
          imageRegistryCredentials: [{ server: 'k8s-gcrio.azureedge.net', username: 'u', password: 'hush' }],
        },
      }),
      /password is refused: a registry password/,
    ],
    [
      'an unknown field',
      group({ properties: { restartPolcy: 'Never' } }),
      /restartPolcy is not a known field/,
    ],
    ['no resources', group({ container: { resources: {} } }), /has no resources.requests/],
    ['no memory', group({ requests: { memoryInGB: null } }), /has no memoryInGB/],
    ['an amount that is none', group({ requests: { cpu: 'two' } }), /is "two", must be a number/],
    [
      'half a GPU',
      group({ requests: { gpu: { count: 0.5, sku: 'V100' } } }),
      /gpu\/count must be a positive whole number/,
    ],
    [
      'a number for a variable',
      group({ container: { environmentVariables: [{ name: 'A', value: 1 }] } }),
      /environmentVariables\/0\/value is the number 1, must be a text: put it in quotes/,
    ],
    [
      'a variable twice',
      group({
        container: {
          environmentVariables: [
            { name: 'A', value: '' },
            { name: 'A', value: '' },
          ],
        },
      }),
      /"A" stands twice/,
    ],
    [
      'a variable without a value',
      group({ container: { environmentVariables: [{ name: 'A' }] } }),
      /has no value: `az container export` leaves those of secure variables out/,
    ],
    [
      'a variable with two values',
      group({ container: { environmentVariables: [{ name: 'A', value: 'x', secureValue: 'y' }] } }),
      /leave one out/,
    ],
  ])('%s', (_what, document, problem) => {
    expect(problemsOf(document)).toEqual([expect.stringMatching(problem)]);
  });

  test('several containers, by their names', () => {
    const document = group();
    const [container] = document.properties['containers'] as object[];
    document.properties['containers'] = [container, { ...container, name: 'sidecar' }];
    expect(problemsOf(document)).toEqual([
      expect.stringMatching(
        /^\/properties\/containers has 2 containers \(gpucontainer, sidecar\), a job is one/,
      ),
    ]);
  });

  test('no password or secure value is repeated in what is said', () => {
    const document = group({
      container: { environmentVariables: [{ name: 'A', value: 'hush-a', secureValue: 'hush-b' }] },
      properties: {
        imageRegistryCredentials: [{ server: 'k8s-gcrio.azureedge.net', username: 'u', password: 'hush-c' }],
      },
    });
    expect(problemsOf(document).join()).not.toContain('hush');
  });
});

describe('a restart policy that never ends', () => {
  const always = group({ properties: { restartPolicy: 'Always' } });
  const unnamed = group({ properties: { restartPolicy: null } });

  test('is refused and explained, stated or by default', () => {
    expect(problemsOf(always)).toEqual([
      expect.stringMatching(/restartPolicy is Always, which .* restartPolicy=OnFailure/),
    ]);
    expect(problemsOf(unnamed)).toEqual([expect.stringMatching(/default is Always/)]);
  });

  test('gives way to the one that is asked for', () => {
    expect(specOf(always, { restartPolicy: 'Never' })).toEqual(specOf(group()));
    expect(notesOf(always, { restartPolicy: 'Never' })).toEqual([
      expect.stringMatching(/^translated .* Always is overridden by Never/),
    ]);
    expect(notesOf(unnamed, { restartPolicy: 'OnFailure' })).toHaveLength(2);
  });

  test('and one that ends already are not changed by another beside the document, which is said', () => {
    const never = group({ properties: { restartPolicy: 'Never' } });
    expect(notesOf(never, { restartPolicy: 'OnFailure' })[0]).toMatch(
      /^ignored .* is Never; OnFailure, given beside the document, makes no difference/,
    );
    expect(notesOf(never, { restartPolicy: 'Never' })).toEqual([]);
  });

  test('is not confused with an unknown one', () => {
    expect(problemsOf(group({ properties: { restartPolicy: 'Sometimes' } }))).toEqual([
      expect.stringMatching(/is "Sometimes", must be OnFailure or Never/),
    ]);
  });
});
