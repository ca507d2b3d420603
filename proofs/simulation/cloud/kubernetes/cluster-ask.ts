// Reads from a request's method and path what it asks the API server for, and about which workload.
import { z } from 'zod';

/** `kube.<verb>-<what>`, such as `kube.post-jobs`. */
type ClusterCall = `kube.${string}`;

export interface ClusterAsk {
  readonly call: ClusterCall;
  /** The workload's name; empty where it is about many, or about none. */
  readonly name: string;
}

/** The places of a cluster's objects, as far as the product has reason to ask for them. */
const PLACE =
  /^\/api(?:s\/batch)?\/v1\/namespaces\/[^/]+\/(jobs|pods|secrets|events|resourcequotas)(?:\/([^/]+))?(\/log)?$/;
/** Objects of a workload have its name, or a name that begins with it. */
const OF_WORKLOAD = /^j[0-9a-z]{19}-\d+(?![0-9a-z])/;
const OF_JOB = 'batch.kubernetes.io/job-name=';
const OF_OBJECT = 'involvedObject.name=';

const namedSchema = z.object({ metadata: z.object({ name: z.string() }) });

/** Throws for a request that the product has no reason to send. */
export function clusterAskOf(method: string, path: string, body?: object): ClusterAsk {
  const { pathname, searchParams } = new URL(path, 'http://cluster');
  const [, what, name, log] = PLACE.exec(pathname) ?? [];
  if (what === undefined) throw new Error(`The simulation knows no ${method} ${path}.`);
  if (log !== undefined) return { call: 'kube.log', name: workloadNameOf(name ?? '') };
  const named = name ?? (method === 'POST' ? namedSchema.parse(body).metadata.name : undefined);
  if (named !== undefined)
    return { call: `kube.${method.toLowerCase()}-${what}`, name: workloadNameOf(named) };
  if (method !== 'GET') throw new Error(`The simulation knows no ${method} ${path}.`);
  return { call: `kube.list-${what}`, name: selectedName(searchParams) };
}

function selectedName(query: URLSearchParams): string {
  const after = (text: string, key: string): string | undefined =>
    text
      .split(',')
      .find((part) => part.startsWith(key))
      ?.slice(key.length);
  const name =
    after(query.get('labelSelector') ?? '', OF_JOB) ?? after(query.get('fieldSelector') ?? '', OF_OBJECT);
  return name === undefined ? '' : workloadNameOf(name);
}

/** Of the name of a Job, a pod or a Secret. */
export function workloadNameOf(name: string): string {
  return OF_WORKLOAD.exec(name)?.[0] ?? name;
}
