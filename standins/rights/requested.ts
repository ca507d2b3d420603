// What a request takes of Azure's rights, and where.
import type { WireRequest } from '../wire/handler';
import { LINKED_OF_QUERIES, LINKED_RIGHTS } from './linked';
import { PUBLISHED_OPERATIONS, QUERY_OPERATIONS, STREAM_OPERATION } from './operations';

export interface RequestedRight {
  readonly name: string;
  /** The resource, or the list, that it is asked of: a path from the subscription on. */
  readonly on: string;
  /** An own operation of the request, one of what it names, or one that roles have among their data actions. */
  readonly kind: 'own' | 'linked' | 'data';
}

const STREAM = /^(\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/jobs\/[^/]+)\/.+\/logstream$/i;
const QUERY = /^\/v1(\/workspaces\/[^/]+)\/query$/i;

/** Empty for what no role is asked for. */
export function rightsOf({ method, url, body }: WireRequest): readonly RequestedRight[] {
  const [, workspace] = QUERY.exec(url.pathname) ?? [];
  if (workspace !== undefined)
    return [
      ...QUERY_OPERATIONS.names.map((name) => ({ name, on: workspace, kind: 'own' as const })),
      { name: LINKED_OF_QUERIES.name, on: workspace, kind: 'linked' },
    ];
  const [, job] = STREAM.exec(url.pathname) ?? [];
  if (job !== undefined) return [{ name: STREAM_OPERATION.name, on: job, kind: 'data' }];
  const type = typeOf(url.pathname);
  if (type === undefined) return [];
  const own = PUBLISHED_OPERATIONS.flatMap(({ operations }) => operations).find(
    (one) => one.method === method && one.path.toLowerCase() === type.toLowerCase(),
  );
  // A name that no role has: whoever sends such a request enters its operation first.
  const names = own?.names ?? [`${type}: no operation is known of ${method}`];
  return [
    ...names.map((name) => ({ name, on: url.pathname, kind: 'own' as const })),
    ...LINKED_RIGHTS.filter(({ of }) => names.includes(of)).flatMap(({ name, on }) =>
      on(JSON.parse(body.toString('utf8'))).map((resource) => ({
        name,
        on: resource,
        kind: 'linked' as const,
      })),
    ),
  ];
}

/** The provider and the types of a path: its names of odd places, after the last `/providers/`. */
function typeOf(path: string): string | undefined {
  const [, provider, rest] = /.*\/providers\/([^/]+)\/(.+?)\/?$/i.exec(path) ?? [];
  if (provider === undefined || rest === undefined) return undefined;
  return [provider, ...rest.split('/').filter((_, place) => place % 2 === 0)].join('/');
}
