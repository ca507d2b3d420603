// Every call that backends/ make of Azure's clients takes a right that a list has. So a call that no test of the rights
// in use comes by is found here, by its text.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ContainerAppsAPIClient } from '@azure/arm-appcontainers';
import { ContainerInstanceManagementClient } from '@azure/arm-containerinstance';
import { createHttpHeaders, type HttpClient } from '@azure/core-rest-pipeline';

import { REGION_RIGHTS, RUNNER_RIGHTS } from '../../backends/aci/rights';
import { IDENTITY_RIGHTS } from '../../backends/arm/identity-rights';
import {
  DOCTOR_RIGHTS,
  ENVIRONMENT_RIGHTS,
  REGION_RIGHTS as APPS_REGION_RIGHTS,
  RUNNER_RIGHTS as APPS_RIGHTS,
} from '../../backends/container-apps/rights';
import { grants } from '../../standins/rights/grants';
import { rightsOf } from '../../standins/rights/requested';

const BACKENDS = join(__dirname, '../../backends');
const SOURCES = readdirSync(BACKENDS, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(join(BACKENDS, file), 'utf8') }));

/** Answers nothing of use, and keeps what was asked first. */
function recorder(): { readonly httpClient: HttpClient; readonly asked: string[] } {
  const asked: string[] = [];
  const httpClient: HttpClient = {
    sendRequest: (request) => {
      const body = Buffer.from(typeof request.body === 'string' ? request.body : '{}');
      const url = new URL(request.url);
      asked.push(...rightsOf({ method: request.method, url, headers: {}, body }).map(({ name }) => name));
      const headers = createHttpHeaders({ 'content-type': 'application/json' });
      return Promise.resolve({ request, status: 400, headers, bodyAsText: '{}' });
    },
  };
  return { httpClient, asked };
}

const credential = {
  getToken: () => Promise.resolve({ token: 'any', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
};
const options = (httpClient: HttpClient) => ({ httpClient, retryOptions: { maxRetries: 0 } });
const SUBSCRIPTION = '00000000-0000-0000-0000-000000000001';
const GENUINE: Readonly<Record<string, (httpClient: HttpClient) => object>> = {
  'aci/': (client) => new ContainerInstanceManagementClient(credential, SUBSCRIPTION, options(client)),
  'container-apps/': (client) => new ContainerAppsAPIClient(credential, SUBSCRIPTION, options(client)),
};
const LISTS: Readonly<Record<string, readonly string[]>> = {
  'aci/': [...RUNNER_RIGHTS, ...REGION_RIGHTS, ...IDENTITY_RIGHTS],
  'container-apps/': [
    ...APPS_RIGHTS,
    ...ENVIRONMENT_RIGHTS,
    ...APPS_REGION_RIGHTS,
    ...IDENTITY_RIGHTS,
    ...DOCTOR_RIGHTS,
  ],
};

const BODY = { location: 'eastus', osType: 'Linux', containers: [] };

type Method = (...args: unknown[]) => unknown;

/** The method of a group of operations, if the genuine client has it. */
function methodOf(client: object, group: string, method: string): Method | undefined {
  const operations: unknown = Reflect.get(client, group);
  if (typeof operations !== 'object' || operations === null) return undefined;
  const found: unknown = Reflect.get(operations, method);
  return typeof found === 'function'
    ? (...args) => Reflect.apply(found, operations, args) as unknown
    : undefined;
}

/** `group.method` of each call of the client in the text. */
function callsIn(text: string, client: object): string[] {
  const found = [...text.matchAll(/\b(\w+)\s*\.\s*(\w+)\s*\(/g)];
  return found
    .filter(([, group = '']) => group !== 'pipeline')
    .filter(([, group = '', method = '']) => methodOf(client, group, method) !== undefined)
    .map(([, group = '', method = '']) => `${group}.${method}`);
}

/** The operations of the call's first request, whatever it names. */
async function operationsOf(kind: string, call: string): Promise<readonly string[]> {
  const { httpClient, asked } = recorder();
  const [group = '', method = ''] = call.split('.');
  const client = GENUINE[kind]?.(httpClient) ?? {};
  const isWrite = /createOrUpdate$/i.test(method);
  const answer = methodOf(client, group, method)?.('one', 'two', isWrite ? BODY : 'three');
  const first =
    typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer
      ? (answer as AsyncIterable<unknown>)[Symbol.asyncIterator]().next()
      : Promise.resolve(answer);
  await first.catch(() => undefined);
  return [...new Set(asked)];
}

const CALLS = Object.keys(GENUINE).flatMap((kind) => {
  const client = GENUINE[kind]?.(recorder().httpClient) ?? {};
  const texts = SOURCES.filter(({ file }) => file.startsWith(kind)).map(({ text }) => text);
  return [...new Set(texts.flatMap((text) => callsIn(text, client)))].map((call) => ({ kind, call }));
});

test('the search knows all clients of Resource Manager, and finds their calls', () => {
  const manifest = readFileSync(join(BACKENDS, '../package.json'), 'utf8');
  const clients = [...manifest.matchAll(/"(@azure\/arm-[\w-]+)"/g)].map(([, name]) => name);
  expect(clients).toEqual(['@azure/arm-appcontainers', '@azure/arm-containerinstance']);
  expect(CALLS.length).toBeGreaterThan(15);
});

test('a call that takes another right is found, and its operation has no list', async () => {
  const kind = 'container-apps/';
  const client = GENUINE[kind]?.(recorder().httpClient) ?? {};
  const [call = ''] = callsIn('await apps.clients()\n  .reading.jobs.listSecrets(group, name);', client);
  expect(call).toBe('jobs.listSecrets');
  expect(await operationsOf(kind, call)).toEqual([
    'Microsoft.App/jobs/listSecrets: no operation is known of POST',
  ]);
});

test.each(CALLS)('$kind: $call takes rights of the lists, and no other', async ({ kind, call }) => {
  const operations = await operationsOf(kind, call);
  expect(operations).not.toEqual([]);
  const lists = LISTS[kind] ?? [];
  expect(operations.filter((name) => !lists.some((right) => grants(right, name)))).toEqual([]);
});

test('no call is hidden from this search: operations are called where they are taken from a client', () => {
  const hidden = SOURCES.flatMap(({ file, text }) =>
    [...text.matchAll(/\b(reading|starting|creating)\s*\.\s*(\w+)(?!\s*\.\s*\w+\s*\(|\w)/g)]
      .filter(([, , member]) => member !== 'pipeline')
      .map(([said]) => `${file}: ${said}`),
  );
  const unpacked = SOURCES.filter(({ text }) =>
    /\}\s*=\s*(?:\w+\.)?(?:reading|starting|creating)\b/.test(text),
  );
  expect([...hidden, ...unpacked.map(({ file }) => file)]).toEqual([]);
});

test('requests without a client are sent from these places alone, each of which a test of rights in use comes by', () => {
  const sends = /\.sendRequest\(|\b(?:sendOnceToArm|sendOnce)\(|\bawait ask\('(?:GET|POST)'/g;
  const places = SOURCES.flatMap(({ file, text }) =>
    [...text.replaceAll(/^.*\bfunction .*$/gm, '').matchAll(sends)].map(([said]) => `${file}: ${said}`),
  );
  expect(places.toSorted()).toEqual([
    'arm/arm-reads.ts: .sendRequest(', // what the doctor reads
    'arm/send-once.ts: .sendRequest(', // for the two that follow
    "container-apps/cloud/replicas-api.ts: await ask('GET'",
    "container-apps/cloud/replicas-api.ts: await ask('POST'",
    'container-apps/cloud/replicas-api.ts: sendOnceToArm(',
    'container-apps/cloud/streams-api.ts: sendOnce(',
    'kubernetes/cluster/aks-kubeconfig.ts: .sendRequest(',
  ]);
});
