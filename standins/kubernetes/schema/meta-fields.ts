// The fields that all kinds share (Kubernetes API reference v1.36, meta/v1), in the order in which the server writes
// them; the notation is that of field-type.ts.
import type { StructFields } from './field-type';

export const META_FIELDS: Readonly<Record<string, StructFields>> = {
  /** A kind whose other fields are kept as they were sent. */
  AnyKind: { metadata: '!ObjectMeta' },
  ObjectMeta: {
    name: 'string',
    generateName: 'string',
    namespace: 'string',
    selfLink: 'string',
    uid: 'string',
    resourceVersion: 'string',
    generation: 'int64',
    creationTimestamp: 'time',
    deletionTimestamp: '*time',
    deletionGracePeriodSeconds: '*int64',
    labels: '{}string',
    annotations: '{}string',
    ownerReferences: '[uid]OwnerReference',
    finalizers: '[=]string',
    managedFields: '[]ManagedFieldsEntry',
  },
  OwnerReference: {
    apiVersion: '!string',
    kind: '!string',
    name: '!string',
    uid: '!string',
    controller: '*bool',
    blockOwnerDeletion: '*bool',
  },
  ManagedFieldsEntry: {
    manager: 'string',
    operation: 'string',
    apiVersion: 'string',
    time: '*time',
    fieldsType: 'string',
    fieldsV1: 'raw',
    subresource: 'string',
  },
  LabelSelector: { matchLabels: '{}string', matchExpressions: '[]LabelSelectorRequirement' },
  LabelSelectorRequirement: { key: '!string', operator: '!string', values: '[]string' },
  LocalObjectReference: { name: 'string' },
  ObjectReference: {
    kind: 'string',
    namespace: 'string',
    name: 'string',
    uid: 'string',
    apiVersion: 'string',
    resourceVersion: 'string',
    fieldPath: 'string',
  },
  Condition: {
    type: '!string',
    status: '!string',
    observedGeneration: 'int64',
    lastTransitionTime: '!time',
    reason: '!string',
    message: '!string',
  },
};
