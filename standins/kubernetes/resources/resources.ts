// The resources of the API: which there are, how they are called, and under which name their objects are stored.
import { GROUP_TABLES } from './resource-table';

export interface Resource {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  /** As it stands in a path: `jobs`. */
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly subresources: readonly Subresource[];
  /** `jobs.batch`, `pods`: what messages call it, and the name under which the store keeps it. */
  readonly name: string;
  /** `batch/v1`, `v1`. */
  readonly apiVersion: string;
}

interface Subresource {
  readonly name: string;
  readonly verbs: readonly string[];
  /** What it takes and answers; group and version are empty where they are the resource's own. */
  readonly kind: { readonly group: string; readonly version: string; readonly kind: string };
}

const ALL_VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

export const RESOURCES: readonly Resource[] = GROUP_TABLES.flatMap(({ group, version, lines }) =>
  lines.map((line) => resourceOf(group, version, line)),
);

function resourceOf(group: string, version: string, line: string): Resource {
  const [plural = '', kind = '', scope, verbs = '', shortNames = '', categories = '', ...subresources] =
    line.split(' ');
  return {
    group,
    version,
    plural,
    singular: kind.toLowerCase(),
    kind,
    namespaced: scope === 'N',
    verbs: verbs === '*' ? ALL_VERBS : listOf(verbs),
    shortNames: listOf(shortNames),
    categories: listOf(categories),
    subresources: subresources.map((text) => subresourceOf(kind, text)),
    name: group === '' ? plural : `${plural}.${group}`,
    apiVersion: group === '' ? version : `${group}/${version}`,
  };
}

function listOf(text: string): readonly string[] {
  return text === '-' || text === '' ? [] : text.split(',');
}

function subresourceOf(own: string, text: string): Subresource {
  const [, name = '', kind = own, verbs = 'get,patch,update'] = /^(\w+)(?:=([^:]+):(.+))?$/.exec(text) ?? [];
  const parts = kind.split('/');
  const [group = '', version = ''] = parts.length === 3 ? parts : [];
  return { name, verbs: listOf(verbs), kind: { group, version, kind: parts.at(-1) ?? own } };
}

/** The resource at a path; undefined where there is none. */
export function findResource(group: string, version: string, plural: string): Resource | undefined {
  return RESOURCES.find((one) => one.group === group && one.version === version && one.plural === plural);
}

function known(group: string, version: string, plural: string): Resource {
  const found = findResource(group, version, plural);
  if (!found) throw new Error(`The resource table lacks ${plural} of ${group}/${version}.`);
  return found;
}

export const JOBS = known('batch', 'v1', 'jobs');
export const NODES = known('', 'v1', 'nodes');
export const PERSISTENT_VOLUMES = known('', 'v1', 'persistentvolumes');
export const PODS = known('', 'v1', 'pods');
const EVENTS = known('', 'v1', 'events');
export const NAMESPACES = known('', 'v1', 'namespaces');
export const RESOURCE_QUOTAS = known('', 'v1', 'resourcequotas');
export const SERVICE_ACCOUNTS = known('', 'v1', 'serviceaccounts');

/** Where objects are kept: Events are one store under two groups. */
export function storedAs(resource: Resource): string {
  return resource.plural === 'events' ? EVENTS.name : resource.name;
}
