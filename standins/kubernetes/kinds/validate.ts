// What is wrong with an object, kind by kind, when it is new and when it changes.
import type { FieldFault } from '../answers/invalid';
import type { Resource } from '../resources/resources';
import type { KubeObject } from '../store/kube-object';
import { validateConfigMap } from './config-map-validation';
import { changedJobFaults, validateJob } from './job-validation';
import { validateMetadata } from './metadata-validation';
import { changedPodFaults, validatePodSpec } from './pod-validation';
import { changedSecretFaults, validateSecret } from './secret-validation';

/** In the order in which the server tells the faults. */
export function validateCreate(resource: Resource, object: KubeObject): readonly FieldFault[] {
  return [...validateMetadata(resource, object), ...faultsOf(resource, object)];
}

function faultsOf(resource: Resource, object: KubeObject): readonly FieldFault[] {
  switch (resource.name) {
    case 'jobs.batch':
      return validateJob(object);
    case 'pods':
      return validatePodSpec(object['spec'], 'spec');
    case 'secrets':
      return validateSecret(object);
    case 'configmaps':
      return validateConfigMap(object);
    default:
      return [];
  }
}

/** What is wrong with a change: mostly that the field does not change any more. */
export function validateUpdate(
  resource: Resource,
  next: KubeObject,
  current: KubeObject,
): readonly FieldFault[] {
  const metadata = validateMetadata(resource, next);
  switch (resource.name) {
    case 'jobs.batch':
      return [...metadata, ...changedJobFaults(next, current)];
    case 'pods':
      return [...metadata, ...changedPodFaults(next, current)];
    case 'secrets':
      return [...metadata, ...validateSecret(next), ...changedSecretFaults(next, current)];
    default:
      return [...metadata, ...faultsOf(resource, next)];
  }
}
