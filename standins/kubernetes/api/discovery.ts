// What the API serves, as clients look it up before they ask for anything: in one document, or group by group.
import { createHash } from 'node:crypto';

import type { WireRequest, WireResponse } from '../../wire/handler';
import { respond } from '../answers/respond';
import { type Resource, RESOURCES } from '../resources/resources';
import type { JsonObject } from '../store/json';

/** The form that clients since 1.26 ask for first (recorded: A05, A07). */
const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** Answers `/api`, `/apis`, and a group or a version below them; undefined for every other path. */
export function answerDiscovery(request: WireRequest): WireResponse | undefined {
  const parts = request.url.pathname.split('/').filter((part) => part !== '');
  const [root, first, second, ...rest] = parts;
  if ((root !== 'api' && root !== 'apis') || rest.length > 0) return undefined;
  if (first === undefined) return answerRoot(request, root === 'api');
  if (root === 'api') return second === undefined ? answerVersion(request, '', first) : undefined;
  return second === undefined ? answerGroup(request, first) : answerVersion(request, first, second);
}

function answerRoot(request: WireRequest, core: boolean): WireResponse {
  const served = RESOURCES.filter(({ group }) => (group === '') === core);
  if (isAggregated(request)) {
    const body = {
      kind: 'APIGroupDiscoveryList',
      apiVersion: 'apidiscovery.k8s.io/v2',
      metadata: {},
      items: unique(served.map(({ group }) => group)).map(aggregatedGroup),
    };
    const headers = { 'cache-control': 'public', etag: etagOf(body), vary: 'Accept' };
    return respond(request, { yaml: false, contentType: AGGREGATED }, 200, body, headers);
  }
  if (!core)
    return json(request, {
      kind: 'APIGroupList',
      apiVersion: 'v1',
      groups: unique(served.map(({ group }) => group)).map(groupOf),
    });
  return json(request, {
    kind: 'APIVersions',
    versions: versionsOf(''),
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: request.url.host }],
  });
}

function answerGroup(request: WireRequest, group: string): WireResponse | undefined {
  if (group === '' || versionsOf(group).length === 0) return undefined;
  return json(request, { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group) });
}

function answerVersion(request: WireRequest, group: string, version: string): WireResponse | undefined {
  const served = RESOURCES.filter((one) => one.group === group && one.version === version);
  const [first] = served;
  if (!first) return undefined;
  return json(request, {
    kind: 'APIResourceList',
    ...(group !== '' && { apiVersion: 'v1' }),
    groupVersion: first.apiVersion,
    resources: served.flatMap(listed),
  });
}

function aggregatedGroup(group: string): JsonObject {
  return {
    metadata: group === '' ? {} : { name: group },
    versions: versionsOf(group).map((version) => ({
      version,
      resources: RESOURCES.filter((one) => one.group === group && one.version === version).map(aggregated),
      freshness: 'Current',
    })),
  };
}

function aggregated(resource: Resource): JsonObject {
  const { plural, singular, kind, namespaced, verbs, shortNames, categories, subresources } = resource;
  return {
    resource: plural,
    responseKind: { group: '', version: '', kind },
    scope: namespaced ? 'Namespaced' : 'Cluster',
    singularResource: singular,
    verbs,
    ...(shortNames.length > 0 && { shortNames }),
    ...(categories.length > 0 && { categories }),
    ...(subresources.length > 0 && {
      subresources: subresources.map((part) => ({
        subresource: part.name,
        responseKind: part.kind,
        verbs: part.verbs,
      })),
    }),
  };
}

/** A resource and its parts, as the older form has them: one line each. */
function listed(resource: Resource): JsonObject[] {
  const { group, version, plural, singular, kind, namespaced, verbs, shortNames, categories } = resource;
  const parts = resource.subresources.map((part) => ({
    name: `${plural}/${part.name}`,
    singularName: '',
    namespaced,
    ...(part.kind.version !== '' && { group: part.kind.group, version: part.kind.version }),
    kind: part.kind.kind,
    verbs: part.verbs,
  }));
  const own = {
    name: plural,
    singularName: singular,
    namespaced,
    kind,
    verbs,
    ...(shortNames.length > 0 && { shortNames }),
    ...(categories.length > 0 && { categories }),
    ...(verbs.includes('update') && {
      storageVersionHash: storageVersionHash(`${group}/${version}/${kind}`),
    }),
  };
  return [own, ...parts];
}

function groupOf(group: string): { name: string } & JsonObject {
  const versions = versionsOf(group).map((version) => ({ groupVersion: `${group}/${version}`, version }));
  return { name: group, versions, preferredVersion: versions[0] };
}

/** In the order of preference. */
function versionsOf(group: string): string[] {
  return unique(RESOURCES.filter((one) => one.group === group).map(({ version }) => version));
}

/** The first eight bytes of the SHA-256 (both recorded values of A06 come out so). */
function storageVersionHash(text: string): string {
  return createHash('sha256').update(text).digest().subarray(0, 8).toString('base64');
}

function etagOf(body: JsonObject): string {
  return `"${createHash('sha512').update(JSON.stringify(body)).digest('hex').toUpperCase()}"`;
}

function isAggregated({ headers }: WireRequest): boolean {
  return (headers['accept'] ?? '').split(',').some((range) => {
    const [type, ...parameters] = range.split(';').map((part) => part.trim());
    return (
      type === 'application/json' &&
      parameters.includes('v=v2') &&
      parameters.includes('as=APIGroupDiscoveryList')
    );
  });
}

function json(request: WireRequest, body: JsonObject): WireResponse {
  return respond(request, { yaml: false, contentType: 'application/json' }, 200, body);
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
