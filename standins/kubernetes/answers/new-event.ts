// The same Event in the form of events.k8s.io/v1 (recorded: F24).
import { type JsonObject, objectAt } from '../store/json';
import type { KubeObject } from '../store/kube-object';

export function asNewEvent(event: KubeObject): JsonObject {
  const { count, message } = event;
  return {
    kind: 'Event',
    apiVersion: 'events.k8s.io/v1',
    metadata: event.metadata,
    eventTime: event['eventTime'] ?? null,
    series: event['series'],
    ...present('reportingController', event['reportingComponent']),
    ...present('reportingInstance', event['reportingInstance']),
    action: event['action'],
    reason: event['reason'],
    regarding: event['involvedObject'],
    related: event['related'],
    ...present('note', message),
    type: event['type'],
    deprecatedSource: objectAt(event, 'source'),
    deprecatedFirstTimestamp: event['firstTimestamp'] ?? null,
    deprecatedLastTimestamp: event['lastTimestamp'] ?? null,
    deprecatedCount: count,
  };
}

function present(name: string, value: JsonObject[string]): JsonObject {
  return value === undefined || value === '' ? {} : { [name]: value };
}
