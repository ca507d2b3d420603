// What the server itself sets of a new pod: its quality of service.
import { type Json, type JsonObject, listAt, objectAt } from '../store/json';

/** Only these two count for the quality of service. */
const COUNTED = ['cpu', 'memory'];

/** Guaranteed: every container is limited in both and asks for as much. BestEffort: none asks for either. */
export function qosClassOf(pod: JsonObject): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const containers = [...listAt(pod, 'spec', 'initContainers'), ...listAt(pod, 'spec', 'containers')];
  const amounts = (container: Json, which: 'limits' | 'requests'): readonly (Json | undefined)[] => {
    const resources = objectAt(container, 'resources', which);
    return COUNTED.map((name) => resources[name]);
  };
  const asks = containers.some((one) =>
    [...amounts(one, 'limits'), ...amounts(one, 'requests')].some((amount) => amount !== undefined),
  );
  if (!asks) return 'BestEffort';
  const guaranteed = containers.every((one) => {
    const limits = amounts(one, 'limits');
    const requests = amounts(one, 'requests');
    return limits.every((limit, index) => limit !== undefined && limit === requests[index]);
  });
  return guaranteed ? 'Guaranteed' : 'Burstable';
}
