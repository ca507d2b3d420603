// The addresses of what is asked of a cluster's API.

export type Resource = 'jobs' | 'pods' | 'secrets' | 'events' | 'resourcequotas';
type Query = Readonly<Record<string, string>>;

/** One object of a namespace. */
export function objectPath(namespace: string, resource: Resource, name: string): string {
  return `${listPath(namespace, resource)}/${encodeURIComponent(name)}`;
}

/** A resource of a namespace: what the query selects of it, or where a new object goes. */
export function listPath(namespace: string, resource: Resource, query: Query = {}): string {
  const group = resource === 'jobs' ? '/apis/batch/v1' : '/api/v1';
  return `${group}/namespaces/${encodeURIComponent(namespace)}/${resource}${textOf(query)}`;
}

export function logPath(namespace: string, pod: string, query: Query): string {
  return `${objectPath(namespace, 'pods', pod)}/log${textOf(query)}`;
}

function textOf(query: Query): string {
  const text = new URLSearchParams(query).toString();
  return text === '' ? '' : `?${text}`;
}
