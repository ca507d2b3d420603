// One request as the API server understands it: which verb on which resource, by whom.
import type { WireRequest } from '../../wire/handler';
import type { User } from '../access/user';
import { findResource, NAMESPACES, type Resource } from '../resources/resources';

/** A path below a group version. The parts are named even where no such resource is served. */
export interface ResourcePath {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: string;
  /** The old `/watch/` paths. */
  readonly watch: boolean;
}

export interface ApiRequest {
  readonly wire: WireRequest;
  readonly query: URLSearchParams;
  readonly user: User;
  readonly path: ResourcePath;
  /** As RBAC calls it: get, list, watch, create, update, patch, delete, deletecollection. */
  readonly verb: string;
  readonly resource: Resource;
}

const NAMESPACE_SUBRESOURCES = ['status', 'finalize'];

/** Reads `/api/v1/…` and `/apis/GROUP/VERSION/…`; undefined for every other path, and for a group version alone. */
export function parseResourcePath(pathname: string): ResourcePath | undefined {
  const parts = pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decodeSegment);
  const [root, ...after] = parts;
  if (root !== 'api' && root !== 'apis') return undefined;
  const [group, version, ...given] = root === 'api' ? ['', ...after] : after;
  if (group === undefined || version === undefined || given.length === 0) return undefined;
  const watch = given[0] === 'watch' && given.length > 1;
  const rest = watch ? given.slice(1) : given;
  const [first = '', second, third] = rest;
  const own = first === 'namespaces' && (third === undefined || NAMESPACE_SUBRESOURCES.includes(third));
  if (first !== 'namespaces' || own)
    return {
      group,
      version,
      watch,
      plural: first,
      ...namesOf(rest.slice(1)),
      ...(own && second !== undefined && { namespace: second }),
    };
  return {
    group,
    version,
    watch,
    plural: third ?? '',
    ...(second !== undefined && { namespace: second }),
    ...namesOf(rest.slice(3)),
  };
}

function namesOf([name, subresource]: readonly string[]): Pick<ResourcePath, 'name' | 'subresource'> {
  return { ...(name !== undefined && { name }), ...(subresource !== undefined && { subresource }) };
}

/** A segment that is no valid encoding stands for itself. */
function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The resource that a path leads to; undefined where none is served, or its scope is another. */
export function resourceAt(path: ResourcePath): Resource | undefined {
  const found = findResource(path.group, path.version, path.plural);
  if (!found) return undefined;
  const misplaced = path.namespace !== undefined && !found.namespaced && found !== NAMESPACES;
  const unnamed = path.namespace === undefined && found.namespaced && path.name !== undefined;
  return misplaced || unnamed ? undefined : found;
}

/** The verb of a method at a path. */
export function verbOf(method: string, path: ResourcePath, query: URLSearchParams): string {
  switch (method) {
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return path.name === undefined ? 'deletecollection' : 'delete';
    default:
      if (path.watch || (path.name === undefined && isSet(query, 'watch'))) return 'watch';
      return path.name === undefined ? 'list' : 'get';
  }
}

/** Whether a query parameter is on: given, and neither `false` nor `0`. */
export function isSet(query: URLSearchParams, name: string): boolean {
  const value = query.get(name);
  return value !== null && !['false', '0'].includes(value.toLowerCase());
}
