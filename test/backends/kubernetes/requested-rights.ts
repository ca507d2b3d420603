// Requests to a cluster's API as the rights that they take.
import { rightInWords } from '../../../backends/kubernetes/rights';

const PATH =
  /^\/(?:api\/v1|apis\/(?<group>[^/]+)\/[^/]+)(?:\/namespaces\/(?<namespace>[^/]+))?(?:\/(?<resource>[^/]+)(?:\/(?<name>[^/]+)(?:\/(?<part>[^/]+))?)?)?$/;

/** The right that a request takes, in words; undefined for paths and questions that everybody who is known may ask. */
export function rightOf(method: string, path: string): string | undefined {
  const parts = PATH.exec(path.split('?')[0] ?? '')?.groups;
  if (parts === undefined) return undefined;
  const { group = '', namespace, name, part } = parts;
  // Alone it is the namespace itself that is asked for.
  const resource = parts['resource'] ?? (namespace === undefined ? undefined : 'namespaces');
  if (resource === undefined || resource.startsWith('selfsubject')) return undefined;
  const isNamed = name !== undefined || parts['resource'] === undefined;
  const verb = { GET: isNamed ? 'get' : 'list', POST: 'create', PATCH: 'patch', DELETE: 'delete' }[method];
  if (verb === undefined) throw new Error(`No verb is known of ${method}.`);
  return rightInWords({ verb, group, resource: part === undefined ? resource : `${resource}/${part}` });
}
