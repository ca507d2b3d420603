// The OpenAPI documents: what clients check manifests by must be what the server itself reads.
import { z } from 'zod';

import { RESOURCES } from '../../../standins/kubernetes/resources/resources';
import { fieldsOf, isStruct } from '../../../standins/kubernetes/schema/structs';
import { setStage, type Stage } from './support';

const schema = z.looseObject({
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
});
const documentV3 = z.object({
  openapi: z.literal('3.0.0'),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({ schemas: z.record(z.string(), schema) }),
});
const index = z.object({ paths: z.record(z.string(), z.object({ serverRelativeURL: z.string() })) });

async function placesIn(stage: Stage): Promise<Map<string, string>> {
  const { text } = await stage.ask('GET', '/openapi/v3');
  const { paths } = index.parse(JSON.parse(text));
  return new Map(Object.entries(paths).map(([name, { serverRelativeURL }]) => [name, serverRelativeURL]));
}

async function read(stage: Stage, name: string): Promise<z.infer<typeof documentV3>> {
  const place = (await placesIn(stage)).get(name) ?? '';
  const { status, text } = await stage.ask('GET', place);
  expect(status).toBe(200);
  return documentV3.parse(JSON.parse(text));
}

function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === '$ref' ? [String(member)] : referencesIn(member),
  );
}

test('the schema of a kind has the fields by which the server reads it', async () => {
  const { components } = await read(setStage(), 'apis/batch/v1');
  const spec = components.schemas['io.k8s.api.batch.v1.JobSpec'];
  expect(Object.keys(spec?.properties ?? {})).toEqual([...fieldsOf('JobSpec').keys()]);
  const container = components.schemas['io.k8s.api.core.v1.Container'];
  expect(Object.keys(container?.properties ?? {})).toEqual([...fieldsOf('Container').keys()]);
  expect(container?.required).toContain('name');
});

test('every document that the index names is there, and refers to nothing that it lacks', async () => {
  const stage = setStage();
  for (const name of (await placesIn(stage)).keys()) {
    const document = await read(stage, name);
    const named = Object.keys(document.components.schemas).map((one) => `#/components/schemas/${one}`);
    expect(referencesIn(document).filter((reference) => !named.includes(reference))).toEqual([]);
  }
});

test('every resource has its objects described, and its patch says that fields can be validated', async () => {
  const stage = setStage();
  for (const { group, apiVersion, kind, plural, namespaced, verbs } of RESOURCES) {
    if (!verbs.includes('patch')) continue;
    const root = `${group === '' ? 'api' : 'apis'}/${apiVersion}`;
    const { paths } = await read(stage, root);
    const path = `/${root}/${namespaced ? 'namespaces/{namespace}/' : ''}${plural}/{name}`;
    expect(paths[path]?.['patch']).toMatchObject({
      'x-kubernetes-group-version-kind': { group, kind },
      parameters: expect.arrayContaining([expect.objectContaining({ name: 'fieldValidation' })]) as unknown,
    });
  }
});

test('what the server keeps as it is sent is described as open, not as known', async () => {
  const { components } = await read(setStage(), 'apis/apps/v1');
  expect(isStruct('Deployment')).toBe(false);
  expect(components.schemas['io.k8s.api.apps.v1.Deployment']).toMatchObject({
    'x-kubernetes-preserve-unknown-fields': true,
  });
});

test('an older hash leads to the present document', async () => {
  const { status, headers } = await setStage().ask('GET', '/openapi/v3/apis/batch/v1?hash=OLD');
  expect(status).toBe(301);
  expect(headers['location']).toMatch(/^\/openapi\/v3\/apis\/batch\/v1\?hash=[0-9A-F]{128}$/);
});

test('version 2 has all of it in one document, for who takes JSON', async () => {
  const stage = setStage();
  const { text } = await stage.ask('GET', '/openapi/v2');
  const { definitions } = z
    .object({ swagger: z.literal('2.0'), definitions: z.record(z.string(), schema) })
    .parse(JSON.parse(text));
  expect(Object.keys(definitions['io.k8s.api.core.v1.PodSpec']?.properties ?? {})).toContain('containers');
  const protobuf = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';
  expect((await stage.ask('GET', '/openapi/v2', { headers: { accept: protobuf } })).status).toBe(406);
  expect((await stage.ask('GET', '/openapi/v3/apis/nope/v1')).status).toBe(404);
});

test('the issuer of service tokens publishes no key, because none verifies them', async () => {
  const stage = setStage();
  expect((await stage.ask('GET', '/openid/v1/jwks', { as: 'admin' })).text).toBe('{"keys":[]}\n');
  const { text } = await stage.ask('GET', '/.well-known/openid-configuration', { as: 'admin' });
  expect(text).toContain('"issuer":"https://kubernetes.default.svc.cluster.local"');
  expect((await stage.ask('GET', '/openid/v1/jwks')).status).toBe(403);
});
