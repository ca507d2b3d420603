// Requests to a cluster's API as the rights that they take, as the stand-in for its server reads them.
import { rightInWords } from '../../../backends/kubernetes/rights';
import { parseResourcePath, verbOf } from '../../../standins/kubernetes/api/api-request';

interface RequestedRight {
  readonly inWords: string;
  /** Undefined: of the whole cluster. */
  readonly namespace: string | undefined;
}

/** Undefined for paths and questions that everybody who is known may ask. `path`: with its query. */
export function rightOf(method: string, path: string): RequestedRight | undefined {
  const url = new URL(path, 'http://127.0.0.1');
  const asked = parseResourcePath(url.pathname);
  if (asked === undefined || asked.plural.startsWith('selfsubject')) return undefined;
  const { group, plural, subresource, namespace } = asked;
  const resource = subresource === undefined ? plural : `${plural}/${subresource}`;
  return {
    inWords: rightInWords({ verb: verbOf(method, asked, url.searchParams), group, resource }),
    namespace,
  };
}
