// What a pod asks of its node.
import { type Amounts, amounts, combined } from './amounts';
import type { Container, PodSpec } from './pod';

const ONE_POD: Amounts = { pods: 1 };

/** The sum over its containers, or what an init container asks where that is more; and one of the node's pods. */
export function requestsOf({ containers, initContainers = [] }: PodSpec): Amounts {
  const together = containers.map(ofContainer).reduce((a, b) => combined(a, b, (x, y) => x + y), {});
  const most = initContainers.map(ofContainer).reduce((a, b) => combined(a, b, Math.max), together);
  return combined(most, ONE_POD, (x, y) => x + y);
}

/** A limit without a request is a request. */
function ofContainer({ resources }: Container): Amounts {
  return amounts({ ...resources?.limits, ...resources?.requests });
}
