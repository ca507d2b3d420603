// The operations of the API in the words of OpenAPI, made from the table of resources that the server serves.
import { servesPart } from '../api/subresources';
import type { Resource } from '../resources/resources';
import type { Json, JsonObject } from '../store/json';
import type { Dialect } from './dialect';
import type { Schemas } from './schemas';

/** Paths with their operations. */
export type Paths = Readonly<Record<string, JsonObject>>;

interface Verb {
  readonly method: string;
  /** `x-kubernetes-action`. */
  readonly action: string;
  readonly query: readonly string[];
  /** Whether the request carries an object, a patch or nothing. */
  readonly sends?: 'object' | 'anything';
}

const WRITES = ['dryRun', 'fieldManager', 'fieldValidation'];
const LISTS = [
  ...['allowWatchBookmarks', 'continue', 'fieldSelector', 'labelSelector', 'limit', 'resourceVersion'],
  ...['resourceVersionMatch', 'sendInitialEvents', 'timeoutSeconds', 'watch'],
];
const DELETES = ['dryRun', 'gracePeriodSeconds', 'orphanDependents', 'propagationPolicy'];

const COLLECTION: Readonly<Record<string, Verb>> = {
  list: { method: 'get', action: 'list', query: LISTS },
  create: { method: 'post', action: 'post', query: WRITES, sends: 'object' },
  deletecollection: { method: 'delete', action: 'deletecollection', query: [...DELETES, ...LISTS] },
};
const NAMED: Readonly<Record<string, Verb>> = {
  get: { method: 'get', action: 'get', query: [] },
  update: { method: 'put', action: 'put', query: WRITES, sends: 'object' },
  patch: { method: 'patch', action: 'patch', query: [...WRITES, 'force'], sends: 'anything' },
  delete: { method: 'delete', action: 'delete', query: DELETES },
};

/** What is no text. */
const TYPES: Readonly<Record<string, string>> = {
  allowWatchBookmarks: 'boolean',
  force: 'boolean',
  orphanDependents: 'boolean',
  sendInitialEvents: 'boolean',
  watch: 'boolean',
  gracePeriodSeconds: 'integer',
  limit: 'integer',
  timeoutSeconds: 'integer',
};

/** Of the resources of one group version, with their status where they have one. */
export function operationsOf(resources: readonly Resource[], schemas: Schemas, dialect: Dialect): Paths {
  const paths: Record<string, JsonObject> = {};
  const add = (
    path: string,
    resource: Resource,
    verbs: Readonly<Record<string, Verb>>,
    served: readonly string[],
    suffix = '',
  ): void => {
    const operations = Object.entries(verbs).flatMap(([name, verb]): [string, Json][] =>
      served.includes(name)
        ? [
            [
              verb.method,
              operation(resource, verb, schemas, dialect, operationId(path, resource, verb, suffix)),
            ],
          ]
        : [],
    );
    if (operations.length === 0) return;
    const placed = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    paths[path] = {
      ...Object.fromEntries(operations),
      parameters: [
        ...placed.map((name) => dialect.parameter('path', name, 'string')),
        dialect.parameter('query', 'pretty', 'string'),
      ],
    };
  };
  for (const resource of resources) {
    const { group, apiVersion, plural, namespaced, verbs, name } = resource;
    const root = `${group === '' ? '/api' : '/apis'}/${apiVersion}`;
    const collection = namespaced ? `${root}/namespaces/{namespace}/${plural}` : `${root}/${plural}`;
    if (namespaced) add(`${root}/${plural}`, resource, COLLECTION, verbs.includes('list') ? ['list'] : []);
    add(collection, resource, COLLECTION, verbs);
    add(`${collection}/{name}`, resource, NAMED, verbs);
    const ofStatus = Object.keys(NAMED).filter((verb) => servesPart(name, 'status', verb));
    add(`${collection}/{name}/status`, resource, NAMED, ofStatus, 'Status');
  }
  return paths;
}

function operation(
  resource: Resource,
  { action, query, sends }: Verb,
  schemas: Schemas,
  dialect: Dialect,
  id: string,
): JsonObject {
  const { group, version, kind } = resource;
  const object = schemas.object(resource);
  const body = sends && dialect.body(sends === 'object' ? object : { type: 'object' });
  const parameters = [
    ...(body?.parameter ? [body.parameter] : []),
    ...query.map((name) => dialect.parameter('query', name, TYPES[name] ?? 'string')),
  ];
  const answered = action === 'list' ? schemas.list(resource) : action.startsWith('delete') ? ANY : object;
  return {
    operationId: id,
    tags: [`${group === '' ? 'core' : group.split('.')[0]}_${version}`],
    ...body?.operation,
    ...(parameters.length > 0 && { parameters }),
    responses: {
      200: dialect.answer(answered),
      ...(action === 'post' && { 201: dialect.answer(answered) }),
      401: { description: 'Unauthorized' },
    },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': { group, kind, version },
  };
}

/** A deletion answers a Status or the object, which lives on for a while. */
const ANY = { type: 'object' };

/** `listBatchV1NamespacedJob`, as the server's own documents form it. */
function operationId(
  path: string,
  { group, version, kind, namespaced }: Resource,
  { method, action }: Verb,
  suffix: string,
): string {
  const verbs: Readonly<Record<string, string>> = { get: 'read', post: 'create', put: 'replace' };
  const verb =
    action === 'list'
      ? 'list'
      : action === 'deletecollection'
        ? 'deleteCollection'
        : (verbs[method] ?? method);
  const own = capital(group === '' ? 'core' : (group.split('.')[0] ?? group)) + capital(version);
  const everywhere = namespaced && !path.includes('{namespace}');
  return `${verb}${own}${namespaced && !everywhere ? 'Namespaced' : ''}${kind}${suffix}${everywhere ? 'ForAllNamespaces' : ''}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
